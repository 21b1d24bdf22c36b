package dev.myna.text.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * BLEU (Papineni et al., 2002): the geometric mean of clipped n-gram precisions times a penalty for
 * brevity, 0 to 100. Equal to sacreBLEU's (Post, 2018) for the same signature.
 *
 * @param tokenizer cuts lines into words
 * @param smoothing what happens where an order has no match
 * @param lowercase whether case is ignored
 * @param orders the longest n-gram, usually 4
 * @param effectiveOrder whether orders that the hypothesis is too short for are left out: wanted
 *     for single sentences
 */
public record Bleu(
    BleuTokenizer tokenizer,
    Smoothing smoothing,
    boolean lowercase,
    int orders,
    boolean effectiveOrder)
    implements CorpusMetric {
  /** Stands for the logarithm of 0. */
  private static final double LOG_ZERO = -9999999999.0;

  public Bleu {
    if (orders < 1 || orders > 64) {
      throw new IllegalArgumentException("n-gram orders must be 1 to 64: " + orders);
    }
  }

  /** sacreBLEU's defaults: 13a, exp smoothing, case kept, 4-grams. */
  public static Bleu standard() {
    return new Bleu(BleuTokenizer.V13A, new Smoothing.Exp(), false, 4, false);
  }

  /** What single sentences are scored with: the defaults with effective order. */
  public static Bleu sentences() {
    return standard().withEffectiveOrder(true);
  }

  public Bleu withTokenizer(BleuTokenizer other) {
    return new Bleu(other, smoothing, lowercase, orders, effectiveOrder);
  }

  public Bleu withSmoothing(Smoothing other) {
    return new Bleu(tokenizer, other, lowercase, orders, effectiveOrder);
  }

  public Bleu withLowercase(boolean ignoreCase) {
    return new Bleu(tokenizer, smoothing, ignoreCase, orders, effectiveOrder);
  }

  public Bleu withOrders(int longest) {
    return new Bleu(tokenizer, smoothing, lowercase, longest, effectiveOrder);
  }

  public Bleu withEffectiveOrder(boolean effective) {
    return new Bleu(tokenizer, smoothing, lowercase, orders, effective);
  }

  @Override
  public String name() {
    return "BLEU";
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public String signature(int references) {
    return "nrefs:%d|case:%s|eff:%s|tok:%s|smooth:%s|version:%s"
        .formatted(
            references,
            lowercase ? "lc" : "mixed",
            effectiveOrder ? "yes" : "no",
            tokenizer.label(),
            smoothing.label(),
            DEFINITION);
  }

  /** The score of a whole corpus; references are one list a reference file. */
  public BleuScore corpus(List<String> hypotheses, List<? extends List<String>> references) {
    return score(CorpusMetric.sum(statistics(hypotheses, references)), references.size());
  }

  /** The score of one segment; see {@link #sentences()}. */
  public BleuScore sentence(String hypothesis, List<String> references) {
    return score(statistics(hypothesis, references), references.size());
  }

  /** {@inheritDoc} Words in the hypothesis, words in the reference, matches and totals by order. */
  @Override
  public double[] statistics(String hypothesis, List<String> references) {
    Words.Numbering numbering = new Words.Numbering();
    int[] words = numbering.number(words(hypothesis));
    List<int[]> others = new ArrayList<>(references.size());
    int closest = -1;
    for (String reference : references) {
      int[] other = numbering.number(words(reference));
      others.add(other);
      closest = closest(words.length, closest, other.length);
    }
    int[] matches = Ngrams.matches(words, others, orders);
    double[] statistics = new double[2 + 2 * orders];
    statistics[0] = words.length;
    statistics[1] = closest;
    for (int n = 1; n <= orders; n++) {
      statistics[1 + n] = matches[n - 1];
      statistics[1 + orders + n] = Ngrams.total(words.length, n);
    }
    return statistics;
  }

  private List<String> words(String line) {
    return tokenizer.tokenize(Words.stripEnd(lowercase ? line.toLowerCase(Locale.ROOT) : line));
  }

  /** The length nearer to the hypothesis', of two as near the shorter. */
  private static int closest(int length, int best, int candidate) {
    if (best < 0) {
      return candidate;
    }
    int difference = Math.abs(length - candidate);
    int bestDifference = Math.abs(length - best);
    boolean nearer =
        difference < bestDifference || (difference == bestDifference && candidate < best);
    return nearer ? candidate : best;
  }

  @Override
  public double value(double[] statistics) {
    return score(statistics, 1).score();
  }

  /** The score that summed statistics give. */
  public BleuScore score(double[] statistics, int references) {
    double systemLength = statistics[0];
    double referenceLength = statistics[1];
    double[] matches = Arrays.copyOfRange(statistics, 2, 2 + orders);
    double[] totals = Arrays.copyOfRange(statistics, 2 + orders, 2 + 2 * orders);
    double penalty = 1;
    if (systemLength < referenceLength) {
      penalty = systemLength > 0 ? Math.exp(1 - referenceLength / systemLength) : 0;
    }
    double[] precisions = new double[orders];
    double score = 0;
    if (Arrays.stream(matches).anyMatch(m -> m > 0)) {
      int used = precisions(matches, totals, precisions);
      double logs = 0;
      for (int n = 0; n < used; n++) {
        logs += precisions[n] == 0 ? LOG_ZERO : Math.log(precisions[n]);
      }
      score = penalty * Math.exp(logs / used);
    }
    return new BleuScore(
        score,
        Arrays.stream(precisions).boxed().toList(),
        penalty,
        (long) systemLength,
        (long) referenceLength,
        Arrays.stream(matches).mapToObj(m -> (long) m).toList(),
        Arrays.stream(totals).mapToObj(t -> (long) t).toList(),
        signature(references));
  }

  /** Fills in the smoothed precisions and returns over how many orders the mean is taken. */
  private int precisions(double[] matches, double[] totals, double[] precisions) {
    int used = orders;
    double halving = 1;
    for (int n = 0; n < orders; n++) {
      double extra = n > 0 && smoothing instanceof Smoothing.AddK(double k) ? k : 0;
      double match = matches[n] + extra;
      double total = totals[n] + extra;
      if (total == 0) {
        break;
      }
      if (effectiveOrder) {
        used = n + 1;
      }
      if (match > 0) {
        precisions[n] = 100 * match / total;
        continue;
      }
      precisions[n] =
          switch (smoothing) {
            case Smoothing.Exp _ -> {
              halving *= 2;
              yield 100 / (halving * total);
            }
            case Smoothing.Floor(double value) -> 100 * value / total;
            case Smoothing.None _, Smoothing.AddK _ -> 0;
          };
    }
    return used;
  }
}
