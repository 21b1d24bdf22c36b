package dev.myna.text.vectors;

import java.io.IOException;

/**
 * The matrices of fastText files: plain floats, or product-quantized (Joulin et al., 2016): every
 * row is cut into pieces, each piece one of 256 centroids, and its length is quantized likewise.
 */
final class QuantizedMatrix {
  private static final int CENTROIDS = 256;

  private QuantizedMatrix() {}

  /** A quantized matrix is unfolded to floats. */
  static Rows readEither(BinaryInput in, boolean quantized, int width, String field)
      throws IOException {
    return quantized ? readQuantized(in, width, field) : readPlain(in, width, field);
  }

  private static Rows readPlain(BinaryInput in, int width, String field) throws IOException {
    int count = readShape(in, width, field);
    in.requireLeft(4L * count * width, field);
    var rows = new Rows(count, width);
    for (int row = 0; row < count; row++) {
      in.readFloats(rows.data, rows.at(row), width, field);
    }
    return rows;
  }

  private static int readShape(BinaryInput in, int width, String field) throws IOException {
    long count = in.readLong(field);
    long found = in.readLong(field);
    if (found != width || count < 0 || count > Integer.MAX_VALUE) {
      throw in.broken(
          "rows of %,d floats in the %s".formatted(width, field),
          "%,d rows of %,d".formatted(count, found));
    }
    return (int) count;
  }

  private static Rows readQuantized(BinaryInput in, int width, String field) throws IOException {
    boolean norms = in.readByte(field) != 0;
    int count = readShape(in, width, field);
    int size = in.readInt(field);
    if (size < 0) {
      throw in.broken("the codes of the " + field, size + " bytes");
    }
    in.requireLeft(size, field);
    var codes = new byte[size];
    in.readBytes(codes, field);
    Quantizer pieces = Quantizer.read(in, field);
    if (pieces.width() != width || (long) count * pieces.pieces() != size) {
      throw in.broken("codes for %,d rows in the %s".formatted(count, field), size + " bytes");
    }
    var rows = new Rows(count, width);
    for (int row = 0; row < count; row++) {
      pieces.unfold(codes, row, rows.data, rows.at(row));
    }
    if (norms) {
      scale(in, rows, field);
    }
    return rows;
  }

  private static void scale(BinaryInput in, Rows rows, String field) throws IOException {
    in.requireLeft(rows.count, field);
    var codes = new byte[rows.count];
    in.readBytes(codes, field);
    Quantizer quantizer = Quantizer.read(in, field);
    if (quantizer.width() != 1) {
      throw in.broken("norms of width 1 in the " + field, "width " + quantizer.width());
    }
    var norm = new float[1];
    for (int row = 0; row < rows.count; row++) {
      quantizer.unfold(codes, row, norm, 0);
      for (int j = 0; j < rows.width; j++) {
        rows.data[rows.at(row) + j] *= norm[0];
      }
    }
  }

  /**
   * @param size floats of a piece, but of the last {@code lastSize}
   * @param centroids piece by piece, 256 each
   */
  private record Quantizer(int width, int pieces, int size, int lastSize, float[] centroids) {
    static Quantizer read(BinaryInput in, String field) throws IOException {
      int width = in.readInt(field);
      int pieces = in.readInt(field);
      int size = in.readInt(field);
      int lastSize = in.readInt(field);
      if (size < 1
          || lastSize < 1
          || lastSize > size
          || pieces < 1
          || (pieces - 1L) * size + lastSize != width) {
        throw in.broken(
            "pieces that make up a row in the " + field,
            "%d pieces of %d, the last %d, for %d".formatted(pieces, size, lastSize, width));
      }
      in.requireLeft(4L * CENTROIDS * width, field);
      var centroids = new float[Math.multiplyExact(CENTROIDS, width)];
      in.readFloats(centroids, 0, centroids.length, field);
      return new Quantizer(width, pieces, size, lastSize, centroids);
    }

    void unfold(byte[] codes, int row, float[] into, int at) {
      for (int piece = 0; piece < pieces; piece++) {
        int code = codes[row * pieces + piece] & 0xFF;
        int length = piece == pieces - 1 ? lastSize : size;
        int from = piece * CENTROIDS * size + code * length;
        System.arraycopy(centroids, from, into, at + piece * size, length);
      }
    }
  }
}
