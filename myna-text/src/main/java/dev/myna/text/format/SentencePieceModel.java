package dev.myna.text.format;

import dev.myna.text.TokenizerException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a SentencePiece {@code .model} file says (fields of {@code sentencepiece_model.proto} that
 * decide ids).
 *
 * @param source the file's name, for errors
 * @param pieces the vocabulary in the order of ids
 * @param algorithm how a text is cut into pieces
 * @param byteFallback unknown characters become the pieces of their bytes
 * @param whitespaceAsSuffix the mark of a space stands at the end of words
 * @param charsMap the compiled normalisation, empty for none
 * @param dummyPrefix a space is put before the text
 * @param removeExtraWhitespaces spaces at both ends and runs of spaces are cut down
 * @param escapeWhitespaces spaces are written as U+2581
 */
record SentencePieceModel(
    String source,
    List<Piece> pieces,
    Algorithm algorithm,
    boolean byteFallback,
    boolean whitespaceAsSuffix,
    byte[] charsMap,
    boolean dummyPrefix,
    boolean removeExtraWhitespaces,
    boolean escapeWhitespaces) {

  /** How a text is cut into pieces. */
  enum Algorithm {
    UNIGRAM,
    BPE,
    WORD,
    CHAR
  }

  /** What a piece is for. */
  enum Kind {
    NORMAL,
    UNKNOWN,
    CONTROL,
    USER_DEFINED,
    UNUSED,
    BYTE
  }

  /** A piece with its log-probability, or for BPE the negative rank of its merge. */
  record Piece(String text, float score, Kind kind) {}

  static SentencePieceModel read(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new TokenizerException("cannot read " + file + ": " + e, e);
    }
    return read(file.toString(), bytes);
  }

  static SentencePieceModel read(String source, byte[] bytes) {
    Reader reader = new Reader();
    Protobuf model = new Protobuf(source, ByteBuffer.wrap(bytes));
    while (model.next()) {
      switch (model.field()) {
        case 1 -> reader.pieces.add(piece(source, reader.pieces.size(), model.message()));
        case 2 -> reader.trainer(source, model.message());
        case 3 -> reader.normalizer(model.message());
        default -> model.skip();
      }
    }
    if (reader.pieces.isEmpty()) {
      throw new TokenizerException(
          source + " has no pieces; a SentencePiece .model file was wanted");
    }
    return reader.model(source);
  }

  private static Piece piece(String source, int id, Protobuf message) {
    String text = "";
    float score = 0;
    Kind kind = Kind.NORMAL;
    while (message.next()) {
      switch (message.field()) {
        case 1 -> text = message.text();
        case 2 -> score = message.decimal();
        case 3 -> kind = choice(source, "type of piece " + id, Kind.values(), message.number());
        default -> message.skip();
      }
    }
    if (!Float.isFinite(score)) {
      throw new TokenizerException(source + " gives piece " + id + " the score " + score);
    }
    return new Piece(text, score, kind);
  }

  private static <T> T choice(String source, String what, T[] values, long number) {
    if (number < 1 || number > values.length) {
      throw new TokenizerException(
          "%s has an unknown %s: %d, wanted 1 to %d"
              .formatted(source, what, number, values.length));
    }
    return values[(int) number - 1];
  }

  /** Fields while they are read, with the format's defaults. */
  private static final class Reader {
    private final List<Piece> pieces = new ArrayList<>();
    private Algorithm algorithm = Algorithm.UNIGRAM;
    private boolean byteFallback;
    private boolean whitespaceAsSuffix;
    private byte[] charsMap = {};
    private boolean dummyPrefix = true;
    private boolean removeExtraWhitespaces = true;
    private boolean escapeWhitespaces = true;

    private void trainer(String source, Protobuf spec) {
      while (spec.next()) {
        switch (spec.field()) {
          case 3 -> algorithm = choice(source, "model type", Algorithm.values(), spec.number());
          case 24 -> whitespaceAsSuffix = spec.flag();
          case 35 -> byteFallback = spec.flag();
          default -> spec.skip();
        }
      }
    }

    private void normalizer(Protobuf spec) {
      while (spec.next()) {
        switch (spec.field()) {
          case 2 -> charsMap = spec.bytes();
          case 3 -> dummyPrefix = spec.flag();
          case 4 -> removeExtraWhitespaces = spec.flag();
          case 5 -> escapeWhitespaces = spec.flag();
          default -> spec.skip();
        }
      }
    }

    private SentencePieceModel model(String source) {
      return new SentencePieceModel(
          source,
          List.copyOf(pieces),
          algorithm,
          byteFallback,
          whitespaceAsSuffix,
          charsMap,
          dummyPrefix,
          removeExtraWhitespaces,
          escapeWhitespaces);
    }
  }
}
