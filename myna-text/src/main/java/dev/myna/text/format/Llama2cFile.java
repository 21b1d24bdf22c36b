package dev.myna.text.format;

import dev.myna.text.TokenizerException;
import dev.myna.text.format.SentencePieceModel.Algorithm;
import dev.myna.text.format.SentencePieceModel.Kind;
import dev.myna.text.format.SentencePieceModel.Piece;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The vocabularies of llama2.c ({@code tokenizer.bin}, {@code tok512.bin}): a SentencePiece BPE
 * model, its pieces with their scores.
 *
 * <p>Little-endian: length of the longest piece (int32), then of each piece its score (float32),
 * its length in bytes (int32) and its text, with spaces as they are.
 */
final class Llama2cFile {
  private static final int FIRST_BYTE = 3;
  private static final int BYTES = 256;

  private Llama2cFile() {}

  static ObjectNode read(Path file) {
    ByteBuffer in = ByteBuffer.wrap(TextFiles.bytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    if (in.remaining() < Integer.BYTES) {
      throw damaged(file, 0);
    }
    int longest = in.getInt();
    List<Piece> pieces = new ArrayList<>();
    while (in.hasRemaining()) {
      int at = in.position();
      if (in.remaining() < Float.BYTES + Integer.BYTES) {
        throw damaged(file, at);
      }
      float score = in.getFloat();
      int length = in.getInt();
      if (length < 0 || length > in.remaining() || length > Math.max(longest, "<0x00>".length())) {
        throw damaged(file, at);
      }
      byte[] text = new byte[length];
      in.get(text);
      pieces.add(piece(pieces.size(), new String(text, StandardCharsets.UTF_8), score));
    }
    if (pieces.size() < FIRST_BYTE + BYTES) {
      throw new TokenizerException(
          "%s has %d pieces; %d for the unknown, the begin, the end and all bytes were wanted"
              .formatted(file, pieces.size(), FIRST_BYTE + BYTES));
    }
    return SentencePieceFile.json(
        new SentencePieceModel(
            file.toString(), pieces, Algorithm.BPE, true, false, new byte[0], true, false, true));
  }

  /** llama2.c writes line breaks around the names of the first pieces. */
  private static Piece piece(int id, String text, float score) {
    return switch (id) {
      case 0 -> new Piece("<unk>", score, Kind.UNKNOWN);
      case 1 -> new Piece("<s>", score, Kind.CONTROL);
      case 2 -> new Piece("</s>", score, Kind.CONTROL);
      default ->
          id < FIRST_BYTE + BYTES
              ? new Piece(text, score, Kind.BYTE)
              : new Piece(text.replace(' ', '▁'), score, Kind.NORMAL);
    };
  }

  private static TokenizerException damaged(Path file, int at) {
    return new TokenizerException(
        "%s is cut off or no vocabulary of llama2.c: no whole piece at byte %d; take the .bin file"
                .formatted(file, at)
            + " that belongs to the model");
  }
}
