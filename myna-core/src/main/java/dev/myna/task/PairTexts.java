package dev.myna.task;

import dev.myna.text.corpus.Shards;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;

/** Where pairs of texts come from. */
public final class PairTexts {
  /** Ids of a pair. */
  public record Pair(int[] source, int[] target) {}

  /** Makes a pair of a stretch of text, by some random numbers. */
  public interface Spoiling {
    Pair of(int[] text, Random random);
  }

  private final int start;
  private final int padding;
  private final TaskSettings settings;

  /**
   * @param start id that a decoder reads first
   * @param padding id that fills up shorter rows
   */
  public PairTexts(int start, int padding, TaskSettings settings) {
    this.start = start;
    this.padding = padding;
    this.settings = settings;
  }

  private PairBatch batch(List<Pair> pairs) {
    return new PairBatch(
        pairs.stream().map(Pair::source).toList(),
        pairs.stream().map(Pair::target).toList(),
        start,
        padding);
  }

  /**
   * Shuffled batches of running text, spoilt anew each time.
   *
   * @param length of a stretch of text
   */
  public LongFunction<PairBatch> spoilt(Shards tokens, int length, Spoiling spoiling) {
    Blocks blocks = new Blocks(tokens, length, length, settings.seed(), false);
    return number -> {
      List<Pair> pairs = new ArrayList<>();
      for (int row = 0; row < settings.rows(); row++) {
        long block = number * settings.rows() + row;
        pairs.add(spoiling.of(blocks.block(block), settings.random(block)));
      }
      return batch(pairs);
    };
  }

  /** Batches of held-out text, spoilt the same way each time. */
  public List<PairBatch> heldOut(Shards tokens, int length, Spoiling spoiling) {
    List<PairBatch> batches = new ArrayList<>();
    for (List<Long> starts :
        Windows.plan(tokens.size(), settings.rows(), length, settings.batchesOfText())) {
      List<Pair> pairs = new ArrayList<>();
      for (long from : starts) {
        int[] text = new int[(int) Math.min(length, tokens.size() - from)];
        tokens.read(from, text);
        if (text.length > 1) {
          pairs.add(spoiling.of(text, settings.random(-1 - from)));
        }
      }
      if (!pairs.isEmpty()) {
        batches.add(batch(pairs));
      }
    }
    return batches;
  }

  /** Shuffled batches of pairs of about one length. */
  public LongFunction<PairBatch> shuffled(List<Pair> pairs) {
    Shuffled order = new Shuffled(lengths(pairs), settings.rows(), settings.seed());
    return number -> batch(chosen(pairs, order.batch(number)));
  }

  /** Each pair once. */
  public List<PairBatch> once(List<Pair> pairs) {
    return Shuffled.once(lengths(pairs), settings.rows(), settings.batchesOfExamples()).stream()
        .map(numbers -> batch(chosen(pairs, numbers)))
        .toList();
  }

  private static List<Pair> chosen(List<Pair> pairs, int[] numbers) {
    return Arrays.stream(numbers).mapToObj(pairs::get).toList();
  }

  private static int[] lengths(List<Pair> pairs) {
    return pairs.stream().mapToInt(p -> p.source().length * 1000 + p.target().length).toArray();
  }
}
