package dev.myna.text.metrics;

import java.util.List;

/**
 * The translation edit rate (Snover et al., 2006): how many words must be inserted, deleted,
 * substituted or shifted in blocks to make a reference of the hypothesis, for each hundred words of
 * the reference. Equal to sacreBLEU's, which follows Tercom.
 *
 * @param normalized whether Tercom's normalisation of punctuation and entities is applied
 * @param noPunctuation whether punctuation is removed
 * @param asianSupport whether the former two also cut apart Chinese and Japanese characters and
 *     remove their punctuation
 * @param caseSensitive whether case counts
 */
public record Ter(
    boolean normalized, boolean noPunctuation, boolean asianSupport, boolean caseSensitive)
    implements CorpusMetric {
  /** Tercom's defaults: white space only, case ignored. */
  public static Ter standard() {
    return new Ter(false, false, false, false);
  }

  public Ter withNormalized(boolean normalize) {
    return new Ter(normalize, noPunctuation, asianSupport, caseSensitive);
  }

  public Ter withNoPunctuation(boolean remove) {
    return new Ter(normalized, remove, asianSupport, caseSensitive);
  }

  public Ter withAsianSupport(boolean support) {
    return new Ter(normalized, noPunctuation, support, caseSensitive);
  }

  public Ter withCaseSensitive(boolean sensitive) {
    return new Ter(normalized, noPunctuation, asianSupport, sensitive);
  }

  @Override
  public String name() {
    return "TER";
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public String signature(int references) {
    return "nrefs:%d|case:%s|tok:tercom|norm:%s|punct:%s|asian:%s|version:%s"
        .formatted(
            references,
            caseSensitive ? "mixed" : "lc",
            normalized ? "yes" : "no",
            noPunctuation ? "no" : "yes",
            asianSupport ? "yes" : "no",
            DEFINITION);
  }

  /** The score of a whole corpus; references are one list a reference file. */
  public TerScore corpus(List<String> hypotheses, List<? extends List<String>> references) {
    return score(CorpusMetric.sum(statistics(hypotheses, references)), references.size());
  }

  /** The score of one segment. */
  public TerScore sentence(String hypothesis, List<String> references) {
    return score(statistics(hypothesis, references), references.size());
  }

  /** {@inheritDoc} The edits to the nearest reference and the references' mean length. */
  @Override
  public double[] statistics(String hypothesis, List<String> references) {
    Words.Numbering numbering = new Words.Numbering();
    int[] words = numbering.number(TercomTokenizer.tokenize(hypothesis, this));
    int fewest = Integer.MAX_VALUE;
    double lengths = 0;
    for (String reference : references) {
      int[] other = numbering.number(ofReference(reference));
      fewest = Math.min(fewest, ShiftSearch.edits(words, other));
      lengths += other.length;
    }
    return new double[] {fewest, lengths / references.size()};
  }

  /**
   * sacreBLEU tokenizes references twice, which changes what follows several stops in a row: "..5"
   * gives ". .5" at first.
   */
  private List<String> ofReference(String reference) {
    List<String> words = TercomTokenizer.tokenize(reference, this);
    return normalized ? TercomTokenizer.tokenize(String.join(" ", words), this) : words;
  }

  @Override
  public double value(double[] statistics) {
    double edits = statistics[0];
    double length = statistics[1];
    if (length > 0) {
      return 100 * (edits / length);
    }
    return edits > 0 ? 100 : 0;
  }

  /** The score that summed statistics give. */
  public TerScore score(double[] statistics, int references) {
    return new TerScore(
        value(statistics), (long) statistics[0], statistics[1], signature(references));
  }
}
