package dev.myna.task;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.PriorityQueue;

/**
 * The best spans of a passage that may answer a question, over its windows, as Hugging Face's
 * {@code postprocess_qa_predictions} finds them: of the 20 likeliest beginnings and ends of a
 * window those that lie in the passage, in order, and not too far apart. The best of all such spans
 * of a window is looked at as well, should it not be among them. A span that two windows hold
 * counts once, by the better score.
 */
public final class BestSpans {
  /** How many beginnings, ends and spans are looked at. */
  private static final int MOST = 20;

  /**
   * Which spans answer.
   *
   * @param longest most tokens of an answer
   * @param nothing whether the passage may hold no answer
   * @param threshold by how much the score of no answer must exceed that of the best span
   */
  public record Rule(int longest, boolean nothing, double threshold) {
    /** Of a model of which nothing else is known. */
    public static final Rule USUAL = new Rule(30, false, 0);
  }

  /**
   * A span of a passage.
   *
   * @param start where it begins, in UTF-16 units
   * @param end where it ends
   * @param probability among the best spans, and no answer where that is possible
   */
  public record Span(int start, int end, double score, double probability) {
    /** What stands there. */
    public String text(String passage) {
      return passage.substring(start, end);
    }
  }

  /**
   * What was found.
   *
   * @param spans the best first
   * @param nothing probability that the passage holds no answer; empty where it always does
   * @param answered whether the first span is the answer; otherwise there is none
   */
  public record Found(List<Span> spans, OptionalDouble nothing, boolean answered) {
    /** The answer, empty where there is none. */
    public String text(String passage) {
      return answered ? spans.getFirst().text(passage) : "";
    }
  }

  private record Place(int start, int end) {}

  private record Scored(Place place, double score) {}

  private final String passage;
  private final Rule rule;
  private final Map<Place, Double> scores = new HashMap<>();
  private double nothing = Double.POSITIVE_INFINITY;

  public BestSpans(String passage, Rule rule) {
    this.passage = passage;
    this.rule = rule;
  }

  /**
   * Looks at a window.
   *
   * @param begins how well an answer begins at each token
   * @param ends how well it ends there
   */
  public void look(AnswerWindow window, float[] begins, float[] ends) {
    nothing = Math.min(nothing, (double) begins[0] + ends[0]);
    List<Integer> likely = likeliest(ends);
    for (int begin : likeliest(begins)) {
      for (int end : likely) {
        offer(window, begins, ends, begin, end);
      }
    }
    best(window, begins, ends);
    if (scores.size() > MOST * MOST) {
      List<Scored> kept = sorted();
      scores.clear();
      kept.forEach(each -> scores.put(each.place(), each.score()));
    }
  }

  private static List<Integer> likeliest(float[] values) {
    PriorityQueue<Integer> least =
        new PriorityQueue<>(Comparator.comparingDouble((Integer i) -> values[i]));
    for (int i = 0; i < values.length; i++) {
      least.add(i);
      if (least.size() > MOST) {
        least.poll();
      }
    }
    return List.copyOf(least);
  }

  /** The best of all spans that are allowed. */
  private void best(AnswerWindow window, float[] begins, float[] ends) {
    int last = window.first() + window.starts().length;
    double best = Double.NEGATIVE_INFINITY;
    int begin = -1;
    int end = -1;
    for (int i = window.first(); i < last; i++) {
      for (int j = i; j < Math.min(last, i + rule.longest()); j++) {
        double score = (double) begins[i] + ends[j];
        if (score > best && place(window, i, j).end() > 0) {
          best = score;
          begin = i;
          end = j;
        }
      }
    }
    if (begin >= 0) {
      offer(window, begins, ends, begin, end);
    }
  }

  private void offer(AnswerWindow window, float[] begins, float[] ends, int begin, int end) {
    boolean inPassage = begin >= window.first() && end < window.first() + window.starts().length;
    if (inPassage && end >= begin && end - begin < rule.longest()) {
      Place place = place(window, begin, end);
      if (place.end() > 0) {
        scores.merge(place, (double) begins[begin] + ends[end], Math::max);
      }
    }
  }

  /** The characters of some tokens without white space around them; none ends at 0. */
  private Place place(AnswerWindow window, int begin, int end) {
    int from = window.starts()[begin - window.first()];
    int to = window.ends()[end - window.first()];
    while (from < to && Character.isWhitespace(passage.codePointAt(from))) {
      from += Character.charCount(passage.codePointAt(from));
    }
    while (from < to && Character.isWhitespace(passage.codePointBefore(to))) {
      to -= Character.charCount(passage.codePointBefore(to));
    }
    return from < to ? new Place(from, to) : new Place(0, 0);
  }

  private List<Scored> sorted() {
    return scores.entrySet().stream()
        .map(each -> new Scored(each.getKey(), each.getValue()))
        .sorted(
            Comparator.comparingDouble(Scored::score)
                .reversed()
                .thenComparingInt(each -> each.place().start())
                .thenComparingInt(each -> each.place().end()))
        .limit(MOST)
        .toList();
  }

  /** What was found in the windows so far. */
  public Found found() {
    List<Scored> best = sorted();
    if (rule.nothing() && best.size() == MOST && nothing > best.getLast().score()) {
      best = best.subList(0, MOST - 1); // no answer is one of the best
    }
    double most = best.isEmpty() ? nothing : best.getFirst().score();
    double largest = rule.nothing() ? Math.max(most, nothing) : most;
    double none = rule.nothing() ? Math.exp(nothing - largest) : 0;
    double sum = none + best.stream().mapToDouble(each -> Math.exp(each.score() - largest)).sum();
    List<Span> spans = new ArrayList<>();
    for (Scored each : best) {
      spans.add(
          new Span(
              each.place().start(),
              each.place().end(),
              each.score(),
              Math.exp(each.score() - largest) / sum));
    }
    boolean left = rule.nothing() && nothing - most > rule.threshold();
    return new Found(
        spans,
        rule.nothing() ? OptionalDouble.of(none / sum) : OptionalDouble.empty(),
        !spans.isEmpty() && !left);
  }
}
