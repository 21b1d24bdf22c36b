package dev.myna.text.vectors;

/** Checks of settings that say which one is wrong. */
final class Require {
  private Require() {}

  static void atLeast(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s must be at least %d, found %d".formatted(name, least, value));
    }
  }

  static void positive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("%s must be above 0, found %s".formatted(name, value));
    }
  }

  static void notNegative(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("%s must be 0 or more, found %s".formatted(name, value));
    }
  }
}
