package dev.myna.train;

import dev.myna.task.Evaluation;
import dev.myna.task.Task;
import dev.myna.tensor.CheckpointException;
import dev.myna.tensor.Random;
import dev.myna.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a training stands between two steps, apart from weights and optimizer.
 *
 * @param step steps done
 * @param batches batches used
 * @param bestScore lowest {@linkplain Evaluation.Figure#score score} on held-out data so far
 * @param sinceBest evaluations since then
 */
record TrainingState(long step, long batches, double bestScore, int sinceBest) {
  private static final String CARRIED = "task.";

  static final TrainingState START = new TrainingState(0, 0, Double.POSITIVE_INFINITY, 0);

  /** After one more step. */
  TrainingState stepped(long batchesUsed) {
    return new TrainingState(step + 1, batchesUsed, bestScore, sinceBest);
  }

  /** Whether a model judged like this is better than all before. */
  boolean improvedBy(Evaluation evaluation) {
    return evaluation.deciding().score() < bestScore;
  }

  /** After an evaluation. */
  TrainingState judged(Evaluation evaluation) {
    return improvedBy(evaluation)
        ? new TrainingState(step, batches, evaluation.deciding().score(), 0)
        : new TrainingState(step, batches, bestScore, sinceBest + 1);
  }

  /** The best value of the deciding figure, that of this evaluation included. */
  double best(Evaluation evaluation) {
    Evaluation.Figure figure = evaluation.deciding();
    double score = Math.min(bestScore, figure.score());
    return figure.smallerIsBetter() ? score : -score;
  }

  /** Whether there were as many evaluations without improvement as patience allows. */
  boolean exhausted(TrainConfig config) {
    return config.patience() > 0 && sinceBest >= config.patience();
  }

  /** As tensors of a checkpoint, with the state of random numbers. */
  Map<String, Tensor> tensors(Optimizer optimizer, Task<?> task) {
    Map<String, Tensor> tensors = new LinkedHashMap<>(optimizer.state());
    task.state().forEach((name, tensor) -> tensors.put(CARRIED + name, tensor));
    tensors.put("random", Random.global().state());
    tensors.put(
        "progress",
        Tensor.of(new long[] {step, batches, Double.doubleToLongBits(bestScore), sinceBest}));
    return tensors;
  }

  /** Sets optimizer, task and random numbers to a saved state, and tells where that was. */
  static TrainingState restore(Map<String, Tensor> saved, Optimizer optimizer, Task<?> task) {
    optimizer.load(saved);
    Map<String, Tensor> carried = new LinkedHashMap<>();
    saved.forEach(
        (name, tensor) -> {
          if (name.startsWith(CARRIED)) {
            carried.put(name.substring(CARRIED.length()), tensor);
          }
        });
    task.restore(carried);
    Random.global().state(require(saved, "random"));
    long[] progress = require(saved, "progress").toLongs();
    return new TrainingState(
        progress[0], progress[1], Double.longBitsToDouble(progress[2]), (int) progress[3]);
  }

  private static Tensor require(Map<String, Tensor> saved, String name) {
    Tensor tensor = saved.get(name);
    if (tensor == null) {
      throw new CheckpointException("the saved training has no " + name + "; start anew");
    }
    return tensor;
  }
}
