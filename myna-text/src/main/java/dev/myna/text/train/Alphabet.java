package dev.myna.text.train;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The characters of counted words that a vocabulary starts from. */
final class Alphabet {
  private Alphabet() {}

  /**
   * Characters in the order of their code points: those of {@code initial}, and the most frequent
   * ones of the words up to {@code limit} in all (the greater code point goes first where two are
   * equally rare).
   */
  static List<String> of(WordCounts words, String initial, int limit) {
    Map<Integer, Long> counts = new TreeMap<>();
    for (int i = 0; i < words.size(); i++) {
      long count = words.count(i);
      words.word(i).codePoints().forEach(c -> counts.merge(c, count, Long::sum));
    }
    initial.codePoints().forEach(c -> counts.put(c, Long.MAX_VALUE));
    Comparator<Map.Entry<Integer, Long>> rarest =
        Map.Entry.<Integer, Long>comparingByValue()
            .thenComparing(Map.Entry.<Integer, Long>comparingByKey().reversed());
    List<Integer> dropped =
        counts.entrySet().stream()
            .sorted(rarest)
            .limit(Math.max(0, counts.size() - limit))
            .map(Map.Entry::getKey)
            .toList();
    dropped.forEach(counts::remove);
    return counts.keySet().stream().map(Character::toString).toList();
  }
}
