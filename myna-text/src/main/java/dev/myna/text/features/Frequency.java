package dev.myna.text.features;

/**
 * A bound of document frequency: a number of documents or a share of them.
 *
 * @param value the number, or the share in [0, 1]
 * @param share whether it is a share
 */
public record Frequency(double value, boolean share) {
  public Frequency {
    if (!(value >= 0) || (share ? value > 1 : value != Math.rint(value))) {
      throw new IllegalArgumentException(
          "A document frequency is a whole number of documents or a share in [0, 1], but is %s."
              .formatted(value));
    }
  }

  /** That many documents. */
  public static Frequency count(int documents) {
    return new Frequency(documents, false);
  }

  /** That share of all documents. */
  public static Frequency share(double share) {
    return new Frequency(share, true);
  }

  double of(long documents) {
    return share ? value * documents : value;
  }
}
