package dev.myna.task;

import dev.myna.Progress;
import dev.myna.nn.Embedding;
import dev.myna.nn.Module;
import dev.myna.tensor.Device;
import dev.myna.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * What a model is trained to do: where its batches come from, what is made small, how it is judged,
 * and what is stored of it.
 *
 * @param <B> its batches
 */
public interface Task<B extends Task.Weighed> {
  /** A batch, as far as the trainer looks into it. */
  interface Weighed {
    /** How many tokens of text the model reads and says. */
    int tokens();
  }

  /**
   * Some rows of a batch.
   *
   * @param weight of its loss in that of the whole batch; those of all parts add up to 1
   */
  record Part<B>(B batch, double weight) {
    /** A batch that stays whole. */
    public static <B> List<Part<B>> whole(B batch) {
      return List.of(new Part<>(batch, 1));
    }

    /**
     * Rows apart, in parts of about as many rows.
     *
     * @param rows of the whole batch
     * @param most how many parts there may be
     * @param some rows of the batch, from one to before another
     * @param counted how many targets of some rows count in the loss
     */
    public static <B> List<Part<B>> apart(
        int rows, int most, BiFunction<Integer, Integer, B> some, ToLongFunction<B> counted) {
      int count = Math.min(most, rows);
      List<B> parts =
          IntStream.range(0, count)
              .mapToObj(part -> some.apply(rows * part / count, rows * (part + 1) / count))
              .filter(part -> counted.applyAsLong(part) > 0)
              .toList();
      double all = parts.stream().mapToLong(counted).sum();
      return parts.size() < 2
          ? whole(some.apply(0, rows))
          : parts.stream().map(part -> new Part<>(part, counted.applyAsLong(part) / all)).toList();
    }
  }

  /** What is trained. */
  Module model();

  /**
   * The batch of a number, from 0: always the same one, whichever were asked for before. Called on
   * another thread than everything else.
   */
  B batch(long number);

  /**
   * The loss of a batch.
   *
   * @return a float32 scalar in nats a counted target, with its graph of gradients where they are
   *     on
   */
  Tensor loss(B batch, Device device);

  /**
   * A batch in parts that can go through the model at the same time: the loss of the batch is the
   * weighted mean of theirs. Where that does not hold, the batch stays whole.
   *
   * @param most how many parts there may be
   */
  default List<Part<B>> parts(B batch, int most) {
    return Part.whole(batch);
  }

  /**
   * Judges the model by held-out data. The caller has switched dropout and gradients off, and keeps
   * no scope open: each batch has its own.
   *
   * @param progress hears of the batches
   */
  Evaluation evaluate(Device device, Progress progress);

  /** Batches of an evaluation, one after the other. */
  static <T> Iterable<T> judged(List<T> batches, Progress progress) {
    return progress.over("evaluating", batches);
  }

  /** Writes the model into a folder that exists. */
  void save(Path folder);

  /** Number of elements of a typical tensor within the model, B·T·C. */
  long elements();

  /**
   * Floating-point operations of a training step for each token: six for each weight but those of
   * tables.
   */
  default double flopsPerToken() {
    long tables =
        model().modules().values().stream()
            .filter(Embedding.class::isInstance)
            .mapToLong(Module::parameterCount)
            .sum();
    return 6.0 * (model().parameterCount() - tables);
  }

  /** What is carried from one batch to the next, beside the weights, by name. */
  default Map<String, Tensor> state() {
    return Map.of();
  }

  /** Goes on from a {@link #state}. */
  default void restore(Map<String, Tensor> saved) {}

  /** Frees the model and the {@link #state}; the task cannot be used afterwards. */
  default void free() {
    model().free();
    state().values().forEach(Tensor::free);
  }
}
