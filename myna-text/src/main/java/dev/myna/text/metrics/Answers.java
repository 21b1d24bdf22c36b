package dev.myna.text.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Exact match and token F1 of short answers, as SQuAD's script computes them (Rajpurkar et al.,
 * 2016): case, ASCII punctuation, the articles a, an, the and extra white space do not count.
 */
public final class Answers {
  private static final String MARKS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

  private Answers() {}

  /** The words that count. */
  public static List<String> normalized(String answer) {
    StringBuilder kept = new StringBuilder();
    String lower = answer.toLowerCase(Locale.ROOT);
    for (int i = 0; i < lower.length(); i++) {
      if (MARKS.indexOf(lower.charAt(i)) < 0) {
        kept.append(lower.charAt(i));
      }
    }
    return Words.split(withoutArticles(kept));
  }

  /** Blanks out articles that stand between characters that belong to no word. */
  private static StringBuilder withoutArticles(CharSequence text) {
    StringBuilder kept = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      int start = i;
      while (i < text.length() && isWordCharacter(text.charAt(i))) {
        i++;
      }
      String word = text.subSequence(start, i).toString();
      switch (word) {
        case "a", "an", "the" -> kept.append(' ');
        default -> kept.append(word);
      }
      if (i < text.length()) {
        kept.append(text.charAt(i++));
      }
    }
    return kept;
  }

  private static boolean isWordCharacter(char c) {
    return Character.isLetterOrDigit(c) || Character.isSurrogate(c) || c == '_';
  }

  /** Whether the prediction equals one of the answers. */
  public static boolean exactMatch(String prediction, List<String> answers) {
    List<String> words = normalized(prediction);
    return answers.stream().anyMatch(answer -> normalized(answer).equals(words));
  }

  /** The F1 of shared words with the answer that fits best, 0 to 1; two empty answers give 1. */
  public static double f1(String prediction, List<String> answers) {
    List<String> words = normalized(prediction);
    double best = 0;
    for (String answer : answers) {
      best = Math.max(best, f1(words, normalized(answer)));
    }
    return best;
  }

  private static double f1(List<String> prediction, List<String> answer) {
    if (prediction.isEmpty() || answer.isEmpty()) {
      return prediction.equals(answer) ? 1 : 0;
    }
    Map<String, Integer> left = new HashMap<>();
    answer.forEach(word -> left.merge(word, 1, Integer::sum));
    int shared = 0;
    for (String word : new ArrayList<>(prediction)) {
      if (left.merge(word, -1, Integer::sum) >= 0) {
        shared++;
      }
    }
    return 2.0 * shared / (prediction.size() + answer.size());
  }
}
