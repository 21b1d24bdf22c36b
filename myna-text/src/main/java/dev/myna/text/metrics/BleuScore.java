package dev.myna.text.metrics;

import java.util.List;

/**
 * A BLEU score and what it is made of.
 *
 * @param score 0 to 100
 * @param precisions of each order, 0 to 100, smoothed
 * @param brevityPenalty 0 to 1
 * @param systemLength words in the hypotheses
 * @param referenceLength words in the references closest in length
 * @param matches n-grams of each order that the references hold too
 * @param totals n-grams of each order in the hypotheses
 * @param signature how it was computed
 */
public record BleuScore(
    double score,
    List<Double> precisions,
    double brevityPenalty,
    long systemLength,
    long referenceLength,
    List<Long> matches,
    List<Long> totals,
    String signature) {
  public BleuScore {
    precisions = List.copyOf(precisions);
    matches = List.copyOf(matches);
    totals = List.copyOf(totals);
  }

  /** Words in the hypotheses for each word of the references; 0 where these are empty. */
  public double ratio() {
    return referenceLength == 0 ? 0 : (double) systemLength / referenceLength;
  }

  /** The line that sacreBLEU prints. */
  @Override
  public String toString() {
    StringBuilder each = new StringBuilder();
    for (double precision : precisions) {
      each.append(each.isEmpty() ? "" : "/").append(Decimals.text(precision, 1));
    }
    return "BLEU|%s = %s %s (BP = %s ratio = %s hyp_len = %s ref_len = %s)"
        .formatted(
            signature,
            Decimals.text(score, 2),
            each,
            Decimals.text(brevityPenalty, 3),
            Decimals.text(ratio(), 3),
            systemLength,
            referenceLength);
  }
}
