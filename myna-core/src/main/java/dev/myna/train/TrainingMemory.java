package dev.myna.train;

import dev.myna.nn.Module;
import dev.myna.tensor.Device;
import dev.myna.tensor.ProcessMemory;
import java.util.function.Supplier;

/**
 * Whether a model can be trained in the memory that there is.
 *
 * @param bytes of the machine
 */
record TrainingMemory(long bytes) {
  static TrainingMemory ofMachine() {
    return new TrainingMemory(ProcessMemory.machine());
  }

  /**
   * Refuses a model whose weights, gradients and moments alone take more than there is. What a step
   * computes on the way comes on top, so that one that is not refused may still be too large.
   *
   * @param making makes the model
   */
  void requireFor(Supplier<? extends Module> making, TrainConfig config) {
    if (!Device.of(config.device()).equals(Device.CPU)) {
      return;
    }
    long parameters = Module.parameterCount(making);
    int each = bytesEach(config.optimizer());
    if (parameters > bytes / each) {
      throw new RecipeException(
          "the model of this recipe has %,d million parameters, which take %,d GB to be trained by %s (%d bytes each), and there are %,d GB: choose a smaller one (model.width, model.layers, tokenizer.vocabulary)%s"
              .formatted(
                  parameters / 1_000_000,
                  Math.round((double) parameters * each / 1e9),
                  RecipeKeys.constant(config.optimizer()),
                  each,
                  Math.round(bytes / 1e9),
                  each > 8 && parameters <= bytes / 8 ? ", or train.optimizer: adafactor" : ""));
    }
  }

  /** A weight and its gradient in float32, and moments where an optimizer has two for each. */
  private static int bytesEach(TrainConfig.OptimizerKind optimizer) {
    return switch (optimizer) {
      case ADAMW -> 16;
      case ADAFACTOR, SGD -> 8;
    };
  }
}
