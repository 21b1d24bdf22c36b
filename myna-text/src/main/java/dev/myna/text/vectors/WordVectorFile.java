package dev.myna.text.vectors;

import dev.myna.WholeFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files of word vectors: the text format of word2vec, GloVe and fastText's {@code .vec}, the binary
 * format of word2vec, and fastText's {@code .bin} and {@code .ftz}.
 */
public final class WordVectorFile {
  private WordVectorFile() {}

  /**
   * Reads a file of any of the kinds, told apart by their contents; {@code .gz} is unpacked on the
   * way. Of a word that stands twice the first is kept.
   *
   * @throws VectorsException naming the line or the word where the file is cut off or wrong
   */
  public static WordVectors read(Path file) throws IOException {
    if (file.getFileName().toString().endsWith(".gz")) {
      return TextVectorReader.read(file);
    }
    if (Files.size(file) == 0) {
      throw new VectorsException("word vectors were wanted, and %s is empty".formatted(file));
    }
    if (isFastText(file)) {
      return FastText.load(file).wordVectors();
    }
    return BinaryVectorReader.isBinary(file)
        ? BinaryVectorReader.read(file)
        : TextVectorReader.read(file);
  }

  /** Whether a file begins as fastText's {@code .bin} and {@code .ftz} do. */
  public static boolean isFastText(Path file) throws IOException {
    try (var in = new BinaryInput(file)) {
      return in.left() >= 4 && in.readInt("the magic number") == FastTextFile.MAGIC;
    }
  }

  /**
   * Writes the text format: a line of the number of words and the width, then a line a word.
   * Numbers have as many digits as bring back the same float.
   */
  public static void writeText(WordVectors vectors, Path file) throws IOException {
    WholeFile.stream(
        file,
        out -> {
          writeHeader(vectors, out);
          var line = new StringBuilder();
          for (int id = 0; id < vectors.size(); id++) {
            out.write(vectors.vocabulary().table().bytes(id));
            line.setLength(0);
            for (float value : vectors.vector(id)) {
              line.append(' ').append(value);
            }
            out.write(line.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
          }
        });
  }

  /** Writes word2vec's binary format: the same first line, then words with little-endian floats. */
  public static void writeBinary(WordVectors vectors, Path file) throws IOException {
    WholeFile.stream(
        file,
        stream -> {
          writeHeader(vectors, stream);
          var out = new BinaryOutput(stream);
          for (int id = 0; id < vectors.size(); id++) {
            var unused =
                out.bytes(vectors.vocabulary().table().bytes(id))
                    .one(' ')
                    .floats(vectors.vector(id), 0, vectors.dimension())
                    .one('\n');
          }
        });
  }

  private static void writeHeader(WordVectors vectors, OutputStream out) throws IOException {
    String header = vectors.size() + " " + vectors.dimension() + "\n";
    out.write(header.getBytes(StandardCharsets.US_ASCII));
  }
}
