package dev.myna.train;

import dev.myna.nn.Precision;
import dev.myna.task.TaskSettings;
import dev.myna.tensor.Device;
import java.util.Locale;
import java.util.Optional;

/** How a model is trained: batches, optimizer, schedule, and what happens along the way. */
public record TrainConfig(
    @Key(value = "Optimizer steps.", otherwise = "2000", least = 1, most = 2_000_000_000) int steps,
    @Key(value = "Sequences of one forward pass.", otherwise = "12", least = 1, most = 1_000_000)
        int batch,
    @Key(value = "Forward passes whose gradients make one step.", otherwise = "1", least = 1)
        int accumulation,
    @Key(
            value = "Highest learning rate.",
            otherwise = "0.001",
            least = Double.MIN_VALUE,
            most = 1000)
        double rate,
    @Key(value = "Learning rate at the end.", otherwise = "0", least = 0, most = 1000)
        double minimumRate,
    @Key(
            value =
                "How the rate falls after warm-up; trapezoid holds it, then falls linearly;"
                    + " inverse_sqrt falls with the root of the steps (Vaswani et al., 2017).",
            otherwise = "cosine")
        ScheduleKind schedule,
    @Key(value = "Steps over which the rate rises from zero.", otherwise = "0", least = 0)
        int warmup,
    @Key(
            value = "Share of the steps over which a trapezoid falls.",
            otherwise = "0.2",
            least = 0,
            most = 1)
        double decay,
    @Key(
            value =
                "What moves the weights: adamw; adafactor, whose rate is a share of their size; or"
                    + " sgd for plain gradient descent.",
            otherwise = "adamw")
        OptimizerKind optimizer,
    @Key(value = "Weight decay, on matrices only.", otherwise = "0.1", least = 0)
        double weightDecay,
    @Key(value = "AdamW's first moment.", otherwise = "0.9", least = 0, most = 0.999999)
        double beta1,
    @Key(value = "AdamW's second moment.", otherwise = "0.99", least = 0, most = 0.9999999)
        double beta2,
    @Key(value = "AdamW's epsilon.", otherwise = "1e-8", least = Double.MIN_VALUE) double epsilon,
    @Key(
            value = "Longest gradient, all parameters together; 0 leaves it as it is.",
            otherwise = "1",
            least = 0)
        double clip,
    @Key(
            value = "Share of the target spread over all tokens, or over all classes.",
            otherwise = "0",
            least = 0,
            most = 0.99)
        double labelSmoothing,
    @Key(
            value =
                "Numbers of the forward pass; auto takes bfloat16 where the machine is fast at it.",
            otherwise = "auto")
        PrecisionChoice precision,
    @Key(
            value =
                "Steps between evaluations, of which the first is before training; 0 for one at the"
                    + " end.",
            otherwise = "250",
            least = 0)
        int evaluateEvery,
    @Key(
            value =
                "Most batches of an evaluation; 0 for all that is held out. Unless set, all"
                    + " examples, and half a million tokens of running text.",
            least = 0)
        Optional<Integer> evaluateBatches,
    @Key(
            value = "Steps between checkpoints; 0 for one at each evaluation.",
            otherwise = "0",
            least = 0)
        int checkpointEvery,
    @Key(
            value = "Evaluations without improvement after which training ends; 0 for never.",
            otherwise = "0",
            least = 0)
        int patience,
    @Key(value = "Steps between lines of the metrics file.", otherwise = "10", least = 1)
        int logEvery,
    @Key(
            value = "Threads of the numeric library; 0 for one per core.",
            otherwise = "0",
            least = 0,
            most = 4096)
        int threads,
    @Key(value = "Where it runs: auto, cpu, cuda, cuda:1 …", otherwise = "auto") String device) {

  /** What moves the weights. */
  public enum OptimizerKind {
    ADAMW,
    ADAFACTOR,
    SGD
  }

  /** How the learning rate goes on after warm-up. */
  public enum ScheduleKind {
    CONSTANT,
    LINEAR,
    COSINE,
    TRAPEZOID,
    INVERSE_SQRT
  }

  /** What the forward pass computes in; weights stay float32. */
  public enum PrecisionChoice {
    AUTO,
    FLOAT32,
    BFLOAT16;

    /** What it comes to on a device. */
    Precision on(Device device) {
      return switch (this) {
        case AUTO -> Precision.best(device);
        case FLOAT32 -> Precision.FLOAT32;
        case BFLOAT16 -> Precision.BFLOAT16;
      };
    }
  }

  public TrainConfig {
    if (minimumRate > rate) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "minimum_rate must not be above rate: %s > %s", minimumRate, rate));
    }
    if (rate * weightDecay >= 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "rate times weight_decay is what a step takes away of the weights and must be below"
                  + " 1: %s * %s; lower weight_decay",
              rate,
              weightDecay));
    }
  }

  /**
   * What a task wants to know of it.
   *
   * @param length T, most tokens of an example
   * @param seed of everything random
   */
  public TaskSettings settings(int length, long seed) {
    return new TaskSettings(batch, length, labelSmoothing, evaluateBatches, seed);
  }

  /** Whether there is an evaluation after a step. */
  boolean evaluatesAt(long step) {
    return step == steps || due(step, evaluateEvery);
  }

  /** Whether there is a checkpoint after a step. */
  boolean savesAt(long step) {
    return step == steps || due(step, checkpointEvery > 0 ? checkpointEvery : evaluateEvery);
  }

  private static boolean due(long step, int every) {
    return every > 0 && step % every == 0;
  }

  /**
   * The defaults with some changes, named as in a recipe.
   *
   * @param settings {@code "steps=500"}, {@code "rate=2e-4"} and the like
   */
  public static TrainConfig of(String... settings) {
    RecipeReader reader = RecipeReader.of("TrainConfig.of", "");
    for (String setting : settings) {
      reader.set(setting);
    }
    return reader.bind(TrainConfig.class);
  }
}
