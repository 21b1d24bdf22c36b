package dev.myna.text.split;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The hand-written scanners by the regular expressions that they stand for. */
public final class Scanners {
  private static final Map<String, Scanner> BY_PATTERN =
      Map.of(
          Gpt2Scanner.PATTERN, new Gpt2Scanner(),
          Cl100kScanner.THREE_DIGITS, new Cl100kScanner(3, false),
          Cl100kScanner.ONE_DIGIT, new Cl100kScanner(1, false),
          O200kScanner.PATTERN, new O200kScanner());

  private Scanners() {}

  /** The scanner for exactly this regular expression, or null where there is none. */
  public static @Nullable Scanner of(String pattern) {
    return BY_PATTERN.get(pattern);
  }
}
