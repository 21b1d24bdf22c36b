package dev.myna.text.metrics;

/**
 * What BLEU does where the hypotheses share no n-gram of some order with the references.
 *
 * <p>Names as in sacreBLEU; the methods are those of Chen and Cherry, "A Systematic Comparison of
 * Smoothing Techniques for Sentence-Level BLEU" (WMT 2014).
 */
public sealed interface Smoothing {
  /** Nothing: the score is 0. */
  record None() implements Smoothing {}

  /** A precision of 0 becomes {@code value} matches. */
  record Floor(double value) implements Smoothing {
    public Floor {
      check(value);
    }
  }

  /** {@code value} is added to matches and totals of every order but the first. */
  record AddK(double value) implements Smoothing {
    public AddK {
      check(value);
    }
  }

  /** The first precision of 0 becomes half a match, the next a quarter, and so on: NIST's way. */
  record Exp() implements Smoothing {}

  /** The name in signatures, with the value where there is one. */
  default String label() {
    return switch (this) {
      case None _ -> "none";
      case Floor(double value) -> "floor[" + Decimals.text(value, 2) + "]";
      case AddK(double value) -> "add-k[" + Decimals.text(value, 2) + "]";
      case Exp _ -> "exp";
    };
  }

  /** The smoothing of this name with its usual value (0.1 for floor, 1 for add-k). */
  static Smoothing of(String name) {
    return switch (name) {
      case "none" -> new None();
      case "floor" -> new Floor(0.1);
      case "add-k" -> new AddK(1);
      case "exp" -> new Exp();
      default ->
          throw new IllegalArgumentException(
              "unknown smoothing \"" + name + "\"; choose exp, floor, add-k or none");
    };
  }

  /** The same smoothing with another value; none and exp have none. */
  default Smoothing withValue(double value) {
    return switch (this) {
      case Floor _ -> new Floor(value);
      case AddK _ -> new AddK(value);
      case None _, Exp _ ->
          throw new IllegalArgumentException(
              "smoothing \""
                  + label()
                  + "\" takes no value; leave it out or choose floor or add-k");
    };
  }

  private static void check(double value) {
    if (!(value >= 0) || value > 1e6) {
      throw new IllegalArgumentException("smoothing value must be 0 or more: " + value);
    }
  }
}
