package dev.myna.train;

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
 * @param bestLoss lowest held-out loss so far, nats a token
 * @param sinceBest evaluations since then
 */
record TrainingState(long step, long batches, double bestLoss, int sinceBest) {
  static final TrainingState START = new TrainingState(0, 0, Double.POSITIVE_INFINITY, 0);

  /** After one more step. */
  TrainingState stepped(long batchesUsed) {
    return new TrainingState(step + 1, batchesUsed, bestLoss, sinceBest);
  }

  /** After an evaluation. */
  TrainingState judged(double loss) {
    return loss < bestLoss
        ? new TrainingState(step, batches, loss, 0)
        : new TrainingState(step, batches, bestLoss, sinceBest + 1);
  }

  /** Whether there were as many evaluations without improvement as patience allows. */
  boolean exhausted(TrainConfig config) {
    return config.patience() > 0 && sinceBest >= config.patience();
  }

  /** As tensors of a checkpoint, with the state of random numbers. */
  Map<String, Tensor> tensors(AdamW optimizer) {
    Map<String, Tensor> tensors = new LinkedHashMap<>(optimizer.state());
    tensors.put("random", Random.global().state());
    tensors.put(
        "progress",
        Tensor.of(new long[] {step, batches, Double.doubleToLongBits(bestLoss), sinceBest}));
    return tensors;
  }

  /** Sets optimizer and random numbers to a saved state, and tells where that was. */
  static TrainingState restore(Map<String, Tensor> saved, AdamW optimizer) {
    optimizer.load(saved);
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
