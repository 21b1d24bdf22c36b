package dev.myna.train;

import dev.myna.Progress;
import dev.myna.task.Evaluation;
import java.nio.file.Path;

/** Hears how a training goes. Called from the thread that trains. */
public interface TrainingListener {
  /**
   * One step is done.
   *
   * @param step its number, from 1
   * @param loss of its batches, nats a counted target
   * @param rate learning rate
   * @param gradientNorm before clipping
   * @param tokensPerSecond over the last steps
   * @param utilisation model flops a second, as a share of the measured rate of matrix products
   * @param residentBytes memory of the process
   * @param secondsLeft estimate for the rest of the training
   */
  record Step(
      long step,
      long steps,
      double loss,
      double rate,
      double gradientNorm,
      double tokensPerSecond,
      double utilisation,
      long residentBytes,
      double secondsLeft) {}

  default void stepped(Step step) {}

  /** Something that the user should know, before the first step. */
  default void noted(String line) {}

  /** The model was judged by held-out data after a step. */
  default void evaluated(long step, Evaluation evaluation, boolean best) {}

  /** Hears how far an evaluation is. */
  default Progress progress() {
    return Progress.NONE;
  }

  /** A checkpoint was written. */
  default void saved(long step, Path folder) {}
}
