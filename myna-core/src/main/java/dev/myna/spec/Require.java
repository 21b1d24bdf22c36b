package dev.myna.spec;

import com.google.errorprone.annotations.FormatMethod;

/** Checks of components in the constructors of specs. */
final class Require {
  private Require() {}

  @FormatMethod
  static void that(boolean holds, String message, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(message.formatted(values));
    }
  }

  static void positive(String name, long value) {
    that(value > 0, "%s must be at least 1, found %d", name, value);
  }

  static void probability(String name, double value) {
    that(value >= 0 && value < 1, "%s must be in [0, 1), found %s", name, value);
  }
}
