package dev.myna.text.corpus;

/** Which text is held out, to measure on what the model has not learnt from. */
public sealed interface Split {
  /** Nothing is held out. */
  record None() implements Split {}

  /**
   * The last part of the corpus, measured in characters (code points): of N characters the first ⌊N
   * · (1 − fraction)⌋ are learnt from. A plain text is parted exactly there; a JSON line that has
   * begun before belongs to the first part as a whole.
   *
   * @param heldOut between 0 and 1; 0.1 is the usual tenth
   */
  record Fraction(double heldOut) implements Split {
    public Fraction {
      if (!(heldOut > 0 && heldOut < 1)) {
        throw new IllegalArgumentException(
            "The held-out fraction lies between 0 and 1 (0.1 is usual), not " + heldOut + ".");
      }
    }

    /** The number of characters to learn from, of all. */
    long boundary(long characters) {
      return (long) (characters * (1 - heldOut));
    }
  }

  /**
   * Files of their own. Files that the corpus names as well are taken out of it.
   *
   * @param heldOut the corpus to measure on
   */
  record Files(Corpus heldOut) implements Split {}

  static Split none() {
    return new None();
  }

  static Split fraction(double heldOut) {
    return new Fraction(heldOut);
  }

  static Split files(Corpus heldOut) {
    return new Files(heldOut);
  }
}
