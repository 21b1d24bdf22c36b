package dev.myna.text.split;

import org.jspecify.annotations.Nullable;

/** The hand-written scanners by the regular expressions that they stand for. */
public final class Scanners {
  private Scanners() {}

  /** The scanner for exactly this regular expression, or null where there is none. */
  public static @Nullable Scanner of(String pattern) {
    return pattern.equals(Gpt2Scanner.PATTERN) ? new Gpt2Scanner() : null;
  }
}
