package dev.myna.task;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Replaces spans by sentinels and asks for what stood there (T5, Raffel et al., 2020): "Thank you
 * [0] me to your party [1] week" gives "[0] for inviting [1] last [2]".
 *
 * @param density share of tokens that are taken out
 * @param meanLength of a span, in tokens
 * @param firstSentinel id of the first sentinel
 * @param step from one sentinel's id to the next: -1 in T5, whose sentinels are its last tokens
 * @param sentinels how many there are
 */
public record SpanCorruption(
    double density, double meanLength, int firstSentinel, int step, int sentinels) {
  public SpanCorruption {
    if (!(density > 0 && density < 1)) {
      throw new IllegalArgumentException("the density must be in (0, 1), found " + density);
    }
    if (meanLength < 1) {
      throw new IllegalArgumentException(
          "the mean length of a span must be at least 1, found " + meanLength);
    }
    if (step != 1 && step != -1) {
      throw new IllegalArgumentException("sentinels must go up or down by 1, found " + step);
    }
  }

  /** As T5 does: 15 % in spans of 3 on average. */
  public static SpanCorruption t5(int firstSentinel, int sentinels) {
    return new SpanCorruption(0.15, 3, firstSentinel, -1, sentinels);
  }

  /**
   * A text with spans taken out.
   *
   * @param source what remains, a sentinel in place of each span
   * @param target each sentinel and what stood there, and one sentinel more
   */
  public record Corrupted(int[] source, int[] target) {}

  /**
   * Takes spans out of a text of at least 2 tokens.
   *
   * @throws IllegalArgumentException if the text is too short, or so long that sentinels run out
   */
  public Corrupted corrupt(int[] ids, Random random) {
    if (ids.length < 2) {
      throw new IllegalArgumentException(
          "a text must have at least 2 tokens for spans to be taken out, found " + ids.length);
    }
    int noise = (int) Math.clamp(Math.round(ids.length * density), 1, ids.length - 1);
    int spans =
        (int) Math.clamp(Math.round(noise / meanLength), 1, Math.min(noise, ids.length - noise));
    if (spans + 1 > sentinels) {
      throw new IllegalArgumentException(
          "a text of %d tokens needs %d sentinels, the tokenizer has %d: shorten the text"
              .formatted(ids.length, spans + 1, sentinels));
    }
    int[] taken = parts(noise, spans, random);
    int[] kept = parts(ids.length - noise, spans, random);
    IntStream.Builder source = IntStream.builder();
    IntStream.Builder target = IntStream.builder();
    int at = 0;
    for (int span = 0; span < spans; span++) {
      int sentinel = firstSentinel + step * span;
      for (int i = 0; i < kept[span]; i++) {
        source.add(ids[at++]);
      }
      source.add(sentinel);
      target.add(sentinel);
      for (int i = 0; i < taken[span]; i++) {
        target.add(ids[at++]);
      }
    }
    target.add(firstSentinel + step * spans);
    return new Corrupted(source.build().toArray(), target.build().toArray());
  }

  /** A total cut into parts of at least 1, each way of cutting being as likely. */
  private static int[] parts(int total, int count, Random random) {
    List<Integer> places = new ArrayList<>(IntStream.range(1, total).boxed().toList());
    Collections.shuffle(places, random);
    List<Integer> cuts = new ArrayList<>(places.subList(0, count - 1));
    cuts.add(0);
    cuts.add(total);
    Collections.sort(cuts);
    return IntStream.range(0, count).map(i -> cuts.get(i + 1) - cuts.get(i)).toArray();
  }
}
