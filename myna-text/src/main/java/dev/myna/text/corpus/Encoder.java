package dev.myna.text.corpus;

import dev.myna.MynaException;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * What preparing a corpus needs of a tokenizer.
 *
 * @param ids of a text, without special tokens around it; safe to call from several threads
 * @param id of a token by its name
 * @param fingerprint of all that decides ids
 */
record Encoder(
    Function<String, int[]> ids,
    Function<String, OptionalInt> id,
    int vocabularySize,
    String fingerprint) {

  /** The ids of a chunk and what they stand for. */
  record Encoded(int[] ids, int count, long bytes, long characters, long documents) {}

  /**
   * Encodes one chunk.
   *
   * @param first whether no document of the same part of the corpus came before
   */
  Encoded encode(Chunk chunk, boolean first, Separator separator) {
    int sign = id(separator);
    boolean before =
        separator instanceof Separator.Before || separator instanceof Separator.Between;
    boolean after = separator instanceof Separator.After;
    boolean skip = first && separator instanceof Separator.Between;
    int[] all = new int[64];
    int count = 0;
    long bytes = 0;
    long characters = 0;
    long documents = 0;
    for (Chunk.Run run : chunk.runs()) {
      int[] ids = ids(run);
      if (count + ids.length + 2 > all.length) {
        all = Arrays.copyOf(all, Math.max(2 * all.length, count + ids.length + 2));
      }
      if (run.begins()) {
        documents++;
        if (before && !skip) {
          all[count++] = sign;
        }
        skip = false;
      }
      System.arraycopy(ids, 0, all, count, ids.length);
      count += ids.length;
      if (run.ends() && after) {
        all[count++] = sign;
      }
      int space = run.swallowed() ? 1 : 0;
      bytes += space + utf8Bytes(run.text());
      characters += space + run.text().codePointCount(0, run.text().length());
    }
    return new Encoded(all, count, bytes, characters, documents);
  }

  private int[] ids(Chunk.Run run) {
    try {
      return ids.apply(run.text());
    } catch (MynaException refused) {
      throw CorpusException.in(run.file(), refused);
    }
  }

  /** The id of a separator, -1 for none. */
  int id(Separator separator) {
    return switch (separator) {
      case Separator.None() -> -1;
      case Separator.Before(String token) -> id(token);
      case Separator.Between(String token) -> id(token);
      case Separator.After(String token) -> id(token);
    };
  }

  private int id(String token) {
    return id.apply(token)
        .orElseThrow(
            () ->
                new CorpusException(
                    "The separator \""
                        + token
                        + "\" is no token of this tokenizer; add it as a special token when the"
                        + " tokenizer is learnt, or choose one that it has."));
  }

  /** Without encoding; the text has no half surrogate pairs. */
  private static long utf8Bytes(String text) {
    long bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        // Two bytes for the smallest; four for a pair, which is two chars; three for the others.
        bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
    }
    return bytes;
  }
}
