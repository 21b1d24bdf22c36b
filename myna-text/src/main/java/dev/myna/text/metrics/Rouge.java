package dev.myna.text.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * ROUGE (Lin, 2004): what part of a reference summary a summary recalls and how precisely.
 *
 * <p>{@link #standard()} gives the figures of the widely used Python scorer {@code rouge_score};
 * {@link #perl()} follows the options of ROUGE-1.5.5: its stemmer, its pooling of references. Words
 * are lower-case runs of a to z and 0 to 9: other scripts give nothing. Sentences, which only
 * ROUGE-Lsum and ROUGE-W look at, are separated by line breaks.
 */
public final class Rouge {
  /** How several references are made into one figure. */
  public enum References {
    /** The reference with the best F-measure, for each measure: the Python scorer's way. */
    BEST_F,
    /** Hits and lengths summed over the references: ROUGE-1.5.5's formula A. */
    POOLED,
    /** The reference with the best recall: ROUGE-1.5.5's formula B. */
    BEST_RECALL,
    /** The mean of the best recall over all references but one, each left out once. */
    JACKKNIFE
  }

  private final List<RougeKind> kinds;
  private final RougeTokenizer tokenizer;
  private final References references;
  private final double alpha;

  /**
   * @param kinds the measures, in the order of reports
   * @param stemmer how words longer than three letters are stemmed, or null to leave them
   * @param references how several references are made into one figure
   * @param alpha how much precision weighs in the F-measure, 0 to 1; 0.5 gives F1
   */
  public Rouge(
      List<RougeKind> kinds, @Nullable PorterStemmer stemmer, References references, double alpha) {
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException("at least one ROUGE measure is wanted, found none");
    }
    if (!(alpha >= 0 && alpha <= 1)) {
      throw new IllegalArgumentException("alpha must be 0 to 1: " + alpha);
    }
    this.kinds = List.copyOf(kinds);
    this.tokenizer = new RougeTokenizer(stemmer);
    this.references = references;
    this.alpha = alpha;
  }

  /** rouge1, rouge2, rougeL and rougeLsum as the Python scorer computes them. */
  public static Rouge standard(boolean stem) {
    List<RougeKind> kinds =
        List.of(new RougeKind.N(1), new RougeKind.N(2), new RougeKind.L(), new RougeKind.Lsum());
    return new Rouge(kinds, stem ? PorterStemmer.NLTK : null, References.BEST_F, 0.5);
  }

  /** ROUGE-1 to ROUGE-4, L, W-1.2, S4 and SU4 as ROUGE-1.5.5 computes them by default. */
  public static Rouge perl(boolean stem) {
    List<RougeKind> kinds =
        List.of(
            new RougeKind.N(1),
            new RougeKind.N(2),
            new RougeKind.N(3),
            new RougeKind.N(4),
            new RougeKind.Lsum(),
            new RougeKind.W(1.2),
            new RougeKind.Skip(4, false),
            new RougeKind.Skip(4, true));
    return new Rouge(kinds, stem ? PorterStemmer.ROUGE : null, References.POOLED, 0.5);
  }

  /** The figures of a prediction against one target, by {@link RougeKind#label()}. */
  public Map<String, RougeScore> score(String target, String prediction) {
    return score(List.of(target), prediction);
  }

  /** The figures of a prediction against several targets. */
  public Map<String, RougeScore> score(List<String> targets, String prediction) {
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("at least one target is wanted, found none");
    }
    Words.Numbering numbering = new Words.Numbering();
    RougeCounts.Text predicted = text(prediction, numbering);
    List<RougeCounts.Text> texts = new ArrayList<>();
    for (String target : targets) {
      texts.add(text(target, numbering));
    }
    Map<String, RougeScore> scores = new LinkedHashMap<>();
    for (RougeKind kind : kinds) {
      List<RougeCounts> counts = new ArrayList<>();
      for (RougeCounts.Text text : texts) {
        counts.add(RougeCounts.of(kind, text, predicted));
      }
      scores.put(kind.label(), combine(kind, counts));
    }
    return scores;
  }

  /**
   * The figures of each prediction, computed on all cores.
   *
   * @param targets one list a reference file, each as long as the predictions
   */
  public List<Map<String, RougeScore>> segments(
      List<String> predictions, List<? extends List<String>> targets) {
    if (predictions.isEmpty()) {
      throw new MetricException("predictions to score are wanted, found an empty corpus");
    }
    for (int r = 0; r < targets.size(); r++) {
      if (targets.get(r).size() != predictions.size()) {
        throw new MetricException(
            "targets %d should have one segment for each of the %,d predictions, found %,d; give files that are parallel line by line"
                .formatted(r + 1, predictions.size(), targets.get(r).size()));
      }
    }
    return IntStream.range(0, predictions.size())
        .parallel()
        .mapToObj(
            i -> score(targets.stream().map(lines -> lines.get(i)).toList(), predictions.get(i)))
        .toList();
  }

  /** The mean of each figure over segments. */
  public static Map<String, RougeScore> mean(List<Map<String, RougeScore>> segments) {
    Map<String, RougeScore> means = new LinkedHashMap<>();
    for (String label : segments.getFirst().keySet()) {
      double precision = 0;
      double recall = 0;
      double fmeasure = 0;
      for (Map<String, RougeScore> segment : segments) {
        RougeScore score = segment.getOrDefault(label, RougeScore.ZERO);
        precision += score.precision();
        recall += score.recall();
        fmeasure += score.fmeasure();
      }
      int count = segments.size();
      means.put(label, new RougeScore(precision / count, recall / count, fmeasure / count));
    }
    return means;
  }

  private RougeCounts.Text text(String text, Words.Numbering numbering) {
    List<int[]> sentences = new ArrayList<>();
    for (String sentence : text.split("\n", -1)) {
      if (!sentence.isEmpty()) {
        sentences.add(numbering.number(tokenizer.tokenize(sentence)));
      }
    }
    int[] words = sentences.stream().flatMapToInt(IntStream::of).toArray();
    return new RougeCounts.Text(words, sentences);
  }

  private RougeScore combine(RougeKind kind, List<RougeCounts> counts) {
    return switch (references) {
      case BEST_F -> {
        RougeScore best = RougeScore.ZERO;
        boolean first = true;
        for (RougeCounts one : counts) {
          RougeScore score = score(kind, one);
          if (first || score.fmeasure() > best.fmeasure()) {
            best = score;
          }
          first = false;
        }
        yield best;
      }
      case POOLED -> score(kind, counts.stream().reduce(RougeCounts::plus).orElseThrow());
      case BEST_RECALL -> score(kind, bestRecall(kind, counts));
      case JACKKNIFE -> jackknife(kind, counts);
    };
  }

  private static RougeCounts bestRecall(RougeKind kind, List<RougeCounts> counts) {
    RougeCounts best = counts.getFirst();
    for (RougeCounts one : counts) {
      if (one.recall(kind) > best.recall(kind)) {
        best = one;
      }
    }
    return best;
  }

  private RougeScore jackknife(RougeKind kind, List<RougeCounts> counts) {
    if (counts.size() == 1) {
      return score(kind, counts.getFirst());
    }
    double precision = 0;
    double recall = 0;
    double fmeasure = 0;
    for (int left = 0; left < counts.size(); left++) {
      List<RougeCounts> others = new ArrayList<>(counts);
      others.remove(left);
      RougeScore score = score(kind, bestRecall(kind, others));
      precision += score.precision();
      recall += score.recall();
      fmeasure += score.fmeasure();
    }
    int sets = counts.size();
    return new RougeScore(precision / sets, recall / sets, fmeasure / sets);
  }

  private RougeScore score(RougeKind kind, RougeCounts counts) {
    double precision = counts.precision(kind);
    double recall = counts.recall(kind);
    double denominator = (1 - alpha) * precision + alpha * recall;
    double fmeasure = denominator > 0 ? precision * recall / denominator : 0;
    return new RougeScore(precision, recall, fmeasure);
  }
}
