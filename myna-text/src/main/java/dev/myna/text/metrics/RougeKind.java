package dev.myna.text.metrics;

/**
 * The measures of the ROUGE family (Lin, "ROUGE: A Package for Automatic Evaluation of Summaries",
 * 2004).
 */
public sealed interface RougeKind {
  /** Shared n-grams of one order. */
  record N(int order) implements RougeKind {
    public N {
      if (order < 1 || order > 64) {
        throw new IllegalArgumentException("ROUGE-N needs an order of 1 to 64: " + order);
      }
    }
  }

  /** The longest common subsequence of the whole texts. */
  record L() implements RougeKind {}

  /**
   * The union of the longest common subsequences of each reference sentence with all sentences of
   * the summary; no word counts twice. This is what ROUGE-1.5.5 calls ROUGE-L.
   */
  record Lsum() implements RougeKind {}

  /**
   * {@link Lsum} where consecutive matches weigh more: k in a row count as k to the power of {@code
   * weight}. As in ROUGE-1.5.5 the length of the reference is weighted twice, so that its recall
   * stays below 1 even for equal texts.
   */
  record W(double weight) implements RougeKind {
    public W {
      if (!(weight >= 1) || weight > 100) {
        throw new IllegalArgumentException("ROUGE-W needs a weight of 1 to 100: " + weight);
      }
    }
  }

  /**
   * Shared pairs of words in order, with at most {@code gap} words between them; a negative gap
   * sets no limit.
   *
   * @param unigrams whether single words count too (ROUGE-SU); as in ROUGE-1.5.5 all but the last
   */
  record Skip(int gap, boolean unigrams) implements RougeKind {}

  /** The name in reports: rouge1, rougeL, rougeLsum, rougeW-1.2, rougeS4, rougeSU4. */
  default String label() {
    return switch (this) {
      case N(int order) -> "rouge" + order;
      case L _ -> "rougeL";
      case Lsum _ -> "rougeLsum";
      case W(double weight) -> "rougeW-" + weight;
      case Skip(int gap, boolean unigrams) ->
          "rougeS" + (unigrams ? "U" : "") + (gap < 0 ? "*" : gap);
    };
  }

  /** The measure of such a name: rouge3, rougeL, rougeLsum, rougeW-1.2, rougeS4, rougeSU*. */
  static RougeKind of(String label) {
    String name = label.startsWith("rouge") ? label.substring(5) : label;
    try {
      if (name.equals("L")) {
        return new L();
      } else if (name.equals("Lsum")) {
        return new Lsum();
      } else if (name.equals("W")) {
        return new W(1.2);
      } else if (name.startsWith("W-")) {
        return new W(Decimals.parse(name.substring(2)));
      } else if (name.startsWith("S")) {
        boolean unigrams = name.startsWith("SU");
        String gap = name.substring(unigrams ? 2 : 1);
        return new Skip(gap.isEmpty() || gap.equals("*") ? -1 : Integer.parseInt(gap), unigrams);
      }
      return new N(Integer.parseInt(name));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "unknown ROUGE measure \""
              + label
              + "\"; choose rouge1, rouge2 …, rougeL, rougeLsum, rougeW-1.2, rougeS4 or rougeSU4",
          e);
    }
  }
}
