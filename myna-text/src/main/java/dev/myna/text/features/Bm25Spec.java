package dev.myna.text.features;

/**
 * A formula of the BM25 family. N documents, df of them with the term, tf occurrences in a document
 * of length dl, K = k1 (1 - b + b dl / average):
 *
 * <ul>
 *   <li>Lucene: ln(1 + (N - df + ½) / (df + ½)) · tf / (tf + K)
 *   <li>Robertson: max(0, ln((N - df + ½) / (df + ½))) · tf / (tf + K)
 *   <li>ATIRE: ln(N / df) · tf (k1 + 1) / (tf + K)
 *   <li>BM25L: ln((N + 1) / (df + ½)) · (k1 + 1)(c + delta) / (k1 + c + delta), c = tf k1 / K
 *   <li>BM25+: ln((N + 1) / df) · (delta + tf (k1 + 1) / (tf + K))
 * </ul>
 *
 * <p>Only terms that occur in a document add to its score. After Kamphuis and others, "Which BM25
 * do you mean?", 2020.
 *
 * @param variant which formula
 * @param k1 how slowly repetition saturates
 * @param b how much length counts, 0 to 1
 * @param delta the lower bound of BM25L and BM25+; the others have none
 */
public record Bm25Spec(Variant variant, double k1, double b, double delta) {
  /** The formulas. */
  public enum Variant {
    LUCENE,
    ROBERTSON,
    ATIRE,
    BM25L,
    BM25_PLUS
  }

  /** Lucene's formula with k1 0.9 and b 0.4, the values of most published figures. */
  public static final Bm25Spec LUCENE = of(Variant.LUCENE, 0.9, 0.4);

  public Bm25Spec {
    if (!(k1 >= 0) || !(b >= 0 && b <= 1) || !(delta >= 0)) {
      throw new IllegalArgumentException(
          "BM25 needs k1 >= 0, 0 <= b <= 1 and delta >= 0, but got %s, %s and %s."
              .formatted(k1, b, delta));
    }
  }

  /** The variant with its authors' delta: 0.5 for BM25L, 1 for BM25+. */
  public static Bm25Spec of(Variant variant, double k1, double b) {
    double delta =
        switch (variant) {
          case LUCENE, ROBERTSON, ATIRE -> 0;
          case BM25L -> 0.5;
          case BM25_PLUS -> 1;
        };
    return new Bm25Spec(variant, k1, b, delta);
  }

  /** The weight of a term in df of n documents. */
  double idf(int n, int df) {
    return switch (variant) {
      case LUCENE -> Math.log1p((n - df + 0.5) / (df + 0.5));
      case ROBERTSON -> Math.max(0, Math.log((n - df + 0.5) / (df + 0.5)));
      case ATIRE -> Math.log((double) n / df);
      case BM25L -> Math.log((n + 1) / (df + 0.5));
      case BM25_PLUS -> Math.log((n + 1.0) / df);
    };
  }

  /** What tf occurrences count for in a document of the relative length. */
  double saturated(double tf, double relativeLength) {
    double length = 1 - b + b * relativeLength;
    return switch (variant) {
      case LUCENE, ROBERTSON -> tf / (tf + k1 * length);
      case ATIRE -> tf * (k1 + 1) / (tf + k1 * length);
      case BM25L -> {
        double c = tf / length + delta;
        yield (k1 + 1) * c / (k1 + c);
      }
      case BM25_PLUS -> tf * (k1 + 1) / (tf + k1 * length) + delta;
    };
  }
}
