package dev.myna.text.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * chrF (Popović, 2015) and chrF++ (Popović, 2017): the F-score of character n-grams and, for
 * chrF++, of word n-grams, 0 to 100. Equal to sacreBLEU's for the same signature.
 *
 * @param characterOrders the longest character n-gram, usually 6
 * @param wordOrders the longest word n-gram: 0 for chrF, 2 for chrF++
 * @param beta how much recall weighs against precision, usually 2
 * @param lowercase whether case is ignored
 * @param whitespace whether white space counts as a character
 * @param epsilonSmoothing whether each order's F-score is averaged with a tiny value where nothing
 *     matches, as chrF++.py does; else precision and recall are averaged over the orders that both
 *     texts are long enough for
 */
public record Chrf(
    int characterOrders,
    int wordOrders,
    int beta,
    boolean lowercase,
    boolean whitespace,
    boolean epsilonSmoothing)
    implements CorpusMetric {
  private static final double EPSILON = 1e-16;
  private static final String MARKS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

  public Chrf {
    if (characterOrders < 1 || characterOrders > 64 || wordOrders < 0 || wordOrders > 64) {
      throw new IllegalArgumentException(
          "character orders must be 1 to 64 and word orders 0 to 64: %d, %d"
              .formatted(characterOrders, wordOrders));
    }
    if (beta < 1) {
      throw new IllegalArgumentException("beta must be at least 1: " + beta);
    }
  }

  /** chrF with 6-grams of characters and beta 2. */
  public static Chrf standard() {
    return new Chrf(6, 0, 2, false, false, false);
  }

  /** chrF++: chrF with words and pairs of words. */
  public static Chrf plusPlus() {
    return standard().withWordOrders(2);
  }

  public Chrf withCharacterOrders(int longest) {
    return new Chrf(longest, wordOrders, beta, lowercase, whitespace, epsilonSmoothing);
  }

  public Chrf withWordOrders(int longest) {
    return new Chrf(characterOrders, longest, beta, lowercase, whitespace, epsilonSmoothing);
  }

  public Chrf withBeta(int weight) {
    return new Chrf(characterOrders, wordOrders, weight, lowercase, whitespace, epsilonSmoothing);
  }

  public Chrf withLowercase(boolean ignoreCase) {
    return new Chrf(characterOrders, wordOrders, beta, ignoreCase, whitespace, epsilonSmoothing);
  }

  public Chrf withWhitespace(boolean count) {
    return new Chrf(characterOrders, wordOrders, beta, lowercase, count, epsilonSmoothing);
  }

  public Chrf withEpsilonSmoothing(boolean smooth) {
    return new Chrf(characterOrders, wordOrders, beta, lowercase, whitespace, smooth);
  }

  @Override
  public String name() {
    return "chrF" + beta + "+".repeat(wordOrders);
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public String signature(int references) {
    return "nrefs:%d|case:%s|eff:%s|nc:%d|nw:%d|space:%s|version:%s"
        .formatted(
            references,
            lowercase ? "lc" : "mixed",
            epsilonSmoothing ? "no" : "yes",
            characterOrders,
            wordOrders,
            whitespace ? "yes" : "no",
            DEFINITION);
  }

  /** The score of a whole corpus; references are one list a reference file. */
  public ChrfScore corpus(List<String> hypotheses, List<? extends List<String>> references) {
    double value = value(CorpusMetric.sum(statistics(hypotheses, references)));
    return new ChrfScore(name(), value, signature(references.size()));
  }

  /** The score of one segment. */
  public ChrfScore sentence(String hypothesis, List<String> references) {
    return new ChrfScore(
        name(), value(statistics(hypothesis, references)), signature(references.size()));
  }

  /**
   * {@inheritDoc} For each order the n-grams in the hypothesis, in the reference and in both, of
   * the reference that gives the best score.
   */
  @Override
  public double[] statistics(String hypothesis, List<String> references) {
    Words.Numbering numbering = new Words.Numbering();
    Text text = text(hypothesis, numbering);
    double[] best = new double[0];
    double bestScore = -1;
    for (String reference : references) {
      double[] statistics = statistics(text, text(reference, numbering));
      double score = value(statistics);
      if (score > bestScore) {
        bestScore = score;
        best = statistics;
      }
    }
    return best;
  }

  /** A text as code points and as numbered words. */
  private record Text(int[] characters, int[] words) {}

  private Text text(String line, Words.Numbering numbering) {
    String cased = lowercase ? line.toLowerCase(Locale.ROOT) : line;
    int[] characters = whitespace ? cased.codePoints().toArray() : Words.letters(cased);
    int[] words = wordOrders == 0 ? new int[0] : numbering.number(words(cased));
    return new Text(characters, words);
  }

  private double[] statistics(Text hypothesis, Text reference) {
    double[] statistics = new double[3 * (characterOrders + wordOrders)];
    fill(statistics, 0, hypothesis.characters, reference.characters, characterOrders);
    if (wordOrders > 0) {
      fill(statistics, 3 * characterOrders, hypothesis.words, reference.words, wordOrders);
    }
    return statistics;
  }

  private static void fill(
      double[] statistics, int at, int[] hypothesis, int[] reference, int orders) {
    int[] matches = Ngrams.matches(hypothesis, List.of(reference), orders);
    for (int n = 1; n <= orders; n++) {
      int inReference = Ngrams.total(reference.length, n);
      // n-grams of an order that the reference is too short for cannot be held against anybody
      statistics[at++] = inReference > 0 ? Ngrams.total(hypothesis.length, n) : 0;
      statistics[at++] = inReference;
      statistics[at++] = matches[n - 1];
    }
  }

  /** Words with one punctuation mark cut off, at the end or else at the beginning. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    for (String word : Words.split(line)) {
      int last = word.length() - 1;
      if (last == 0 || word.codePointCount(0, word.length()) == 1) {
        words.add(word);
      } else if (MARKS.indexOf(word.charAt(last)) >= 0) {
        words.add(word.substring(0, last));
        words.add(word.substring(last));
      } else if (MARKS.indexOf(word.charAt(0)) >= 0) {
        words.add(word.substring(0, 1));
        words.add(word.substring(1));
      } else {
        words.add(word);
      }
    }
    return words;
  }

  @Override
  public double value(double[] statistics) {
    int orders = characterOrders + wordOrders;
    double factor = (double) beta * beta;
    double smoothed = 0;
    double precisions = 0;
    double recalls = 0;
    int effective = 0;
    for (int n = 0; n < orders; n++) {
      double inHypothesis = statistics[3 * n];
      double inReference = statistics[3 * n + 1];
      double matches = statistics[3 * n + 2];
      double precision = inHypothesis > 0 ? matches / inHypothesis : EPSILON;
      double recall = inReference > 0 ? matches / inReference : EPSILON;
      double denominator = factor * precision + recall;
      smoothed += denominator > 0 ? (1 + factor) * precision * recall / denominator : EPSILON;
      if (inHypothesis > 0 && inReference > 0) {
        precisions += precision;
        recalls += recall;
        effective++;
      }
    }
    if (epsilonSmoothing) {
      return 100 * smoothed / orders;
    }
    if (effective == 0 || precisions + recalls == 0) {
      return 0;
    }
    double precision = precisions / effective;
    double recall = recalls / effective;
    return 100 * ((1 + factor) * precision * recall / (factor * precision + recall));
  }
}
