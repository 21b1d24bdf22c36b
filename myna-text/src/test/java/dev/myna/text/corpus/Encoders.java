package dev.myna.text.corpus;

import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Stand-ins for tokenizers: real pre-tokenization, and for every word an id that tells it apart.
 */
final class Encoders {
  static final int VOCABULARY = 1 << 20;
  static final int SEPARATOR = VOCABULARY - 1;

  private static final Pattern GPT2 =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
          Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern CL100K =
      Pattern.compile(
          "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}+|\\p{N}{1,3}"
              + "| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+",
          Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern O200K_LIKE =
      Pattern.compile(
          "[^\\r\\n\\p{L}\\p{N}]?\\p{L}+('s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}"
              + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
          Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern SPACED = Pattern.compile("\u2581?[^\u2581]+|\u2581");

  private Encoders() {}

  static Encoder characters() {
    return encoder("characters", text -> text.codePoints().map(c -> c % SEPARATOR).toArray());
  }

  static Encoder gpt2() {
    return encoder("gpt2", text -> words(GPT2, text));
  }

  static Encoder cl100k() {
    return encoder("cl100k", text -> words(CL100K, text));
  }

  static Encoder o200k() {
    return encoder("o200k", text -> words(O200K_LIKE, text));
  }

  /** A space before every text that has none. */
  static Encoder metaspace() {
    return encoder(
        "metaspace",
        text -> {
          String spaced = text.replace(' ', '\u2581');
          return words(SPACED, spaced.startsWith("\u2581") ? spaced : "\u2581" + spaced);
        });
  }

  /** A space before every text, also before one that has one. */
  static Encoder prepended() {
    return encoder("prepended", text -> words(SPACED, "\u2581" + text.replace(' ', '\u2581')));
  }

  /** Pairs of characters from the start of the text on: it can be parted nowhere for sure. */
  static Encoder pairs() {
    return encoder(
        "pairs",
        text ->
            IntStream.range(0, (text.length() + 1) / 2)
                .map(i -> id(text.substring(2 * i, Math.min(text.length(), 2 * i + 2))))
                .toArray());
  }

  static Encoder encoder(String fingerprint, Function<String, int[]> ids) {
    return new Encoder(
        ids,
        token -> token.equals("<end>") ? OptionalInt.of(SEPARATOR) : OptionalInt.empty(),
        VOCABULARY,
        fingerprint);
  }

  private static int[] words(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    IntStream.Builder ids = IntStream.builder();
    while (matcher.find()) {
      ids.add(id(matcher.group()));
    }
    return ids.build().toArray();
  }

  private static int id(String word) {
    return Math.floorMod(word.hashCode() * 0x9E3779B1, SEPARATOR);
  }
}
