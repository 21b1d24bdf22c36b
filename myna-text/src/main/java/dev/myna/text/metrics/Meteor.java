package dev.myna.text.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * METEOR (Banerjee and Lavie, 2005) with its first two stages, equal words and equal stems; words
 * of equal meaning would need a dictionary and are left out.
 *
 * <p>Words are matched from the end, as NLTK does it, and the score is 0 to 1.
 *
 * @param alpha how much precision weighs in the mean, usually 0.9
 * @param beta the power of the share of chunks, usually 3
 * @param gamma the greatest penalty for words in another order, usually 0.5
 */
public record Meteor(double alpha, double beta, double gamma) {
  /** The parameters of the paper. */
  public static Meteor standard() {
    return new Meteor(0.9, 3, 0.5);
  }

  /** The score of words against those of the reference that it fits best. */
  public double score(List<String> hypothesis, List<? extends List<String>> references) {
    double best = 0;
    for (List<String> reference : references) {
      best = Math.max(best, score(lower(hypothesis), lower(reference)));
    }
    return best;
  }

  /** The score of a line against the reference that it fits best; words end at white space. */
  public double sentence(String hypothesis, List<String> references) {
    return score(Words.split(hypothesis), references.stream().map(Words::split).toList());
  }

  private static String[] lower(List<String> words) {
    return words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toArray(String[]::new);
  }

  private double score(String[] hypothesis, String[] reference) {
    int[] partner = new int[hypothesis.length];
    Arrays.fill(partner, -1);
    boolean[] taken = new boolean[reference.length];
    match(hypothesis, reference, partner, taken, word -> word);
    match(hypothesis, reference, partner, taken, PorterStemmer.NLTK::stem);
    int matches = 0;
    int chunks = 0;
    int previous = -2;
    int previousPartner = -2;
    for (int i = 0; i < partner.length; i++) {
      if (partner[i] < 0) {
        continue;
      }
      matches++;
      if (i != previous + 1 || partner[i] != previousPartner + 1) {
        chunks++;
      }
      previous = i;
      previousPartner = partner[i];
    }
    if (matches == 0) {
      return 0;
    }
    double precision = (double) matches / hypothesis.length;
    double recall = (double) matches / reference.length;
    double mean = precision * recall / (alpha * precision + (1 - alpha) * recall);
    double penalty = gamma * Math.pow((double) chunks / matches, beta);
    return (1 - penalty) * mean;
  }

  private static void match(
      String[] hypothesis,
      String[] reference,
      int[] partner,
      boolean[] taken,
      UnaryOperator<String> form) {
    Map<String, List<Integer>> places = new HashMap<>();
    for (int j = 0; j < reference.length; j++) {
      if (!taken[j]) {
        places.computeIfAbsent(form.apply(reference[j]), _ -> new ArrayList<>()).add(j);
      }
    }
    for (int i = hypothesis.length - 1; i >= 0; i--) {
      List<Integer> free = partner[i] < 0 ? places.get(form.apply(hypothesis[i])) : null;
      if (free != null && !free.isEmpty()) {
        partner[i] = free.removeLast();
        taken[partner[i]] = true;
      }
    }
  }
}
