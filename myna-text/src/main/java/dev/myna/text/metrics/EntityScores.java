package dev.myna.text.metrics;

import dev.myna.text.CodePoints;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * How well predicted tags find entities: one is right where its type and both ends are ({@link
 * Entities}). Figures equal those of seqeval without its strict mode, and of {@code conlleval}.
 *
 * @param accuracy share of the tags that are equal
 * @param all over all entities (the micro average)
 * @param types by the names of the types, in order
 */
public record EntityScores(double accuracy, Score all, Map<String, Score> types) {
  /**
   * Figures of entities.
   *
   * @param right how many were found as they are
   * @param found how many were said
   * @param support how many there are
   */
  public record Score(long right, long found, long support) {
    private static final Score NONE = new Score(0, 0, 0);

    /** Share of those said that are right; 0 where none was said. */
    public double precision() {
      return ClassScores.ratio(right, found);
    }

    /** Share of those there that were found; 0 where there are none. */
    public double recall() {
      return ClassScores.ratio(right, support);
    }

    /** The harmonic mean of both. */
    public double f1() {
      return ClassScores.ratio(2.0 * right, found + support);
    }

    private Score plus(Score other) {
      return new Score(right + other.right, found + other.found, support + other.support);
    }
  }

  /**
   * Judges sentences.
   *
   * @param truth tags of each sentence
   * @param said as many
   * @throws MetricException if the numbers of sentences or of their tags differ, or there are none
   */
  public static EntityScores of(
      List<? extends List<String>> truth, List<? extends List<String>> said) {
    requireAlike(truth, said);
    Map<String, Score> types = new TreeMap<>(CodePoints.ORDER);
    long equal = 0;
    long tags = 0;
    for (int i = 0; i < truth.size(); i++) {
      List<String> right = truth.get(i);
      List<String> found = said.get(i);
      for (int word = 0; word < right.size(); word++) {
        equal += right.get(word).equals(found.get(word)) ? 1 : 0;
      }
      tags += right.size();
      Set<Entities.Entity> there = new HashSet<>(Entities.of(right));
      for (Entities.Entity entity : Entities.of(found)) {
        add(types, entity, new Score(there.contains(entity) ? 1 : 0, 1, 0));
      }
      there.forEach(entity -> add(types, entity, new Score(0, 0, 1)));
    }
    Score all = types.values().stream().reduce(Score.NONE, Score::plus);
    return new EntityScores(ClassScores.ratio(equal, tags), all, types);
  }

  private static void add(Map<String, Score> types, Entities.Entity entity, Score more) {
    types.merge(entity.type(), more, Score::plus);
  }

  private static void requireAlike(
      List<? extends List<String>> truth, List<? extends List<String>> said) {
    if (truth.size() != said.size() || truth.isEmpty()) {
      throw new MetricException(
          "as many sentences and at least one are wanted, found %,d with true tags and %,d with predicted ones"
              .formatted(truth.size(), said.size()));
    }
    for (int i = 0; i < truth.size(); i++) {
      if (truth.get(i).size() != said.get(i).size()) {
        throw new MetricException(
            "as many predicted tags as true ones are wanted, found %,d and %,d in sentence %,d"
                .formatted(said.get(i).size(), truth.get(i).size(), i + 1));
      }
    }
  }

  /** The mean of a figure over the types that there are in truth or in what was said. */
  public double macro(ToDoubleFunction<Score> figure) {
    return types.values().stream().mapToDouble(figure).average().orElse(0);
  }
}
