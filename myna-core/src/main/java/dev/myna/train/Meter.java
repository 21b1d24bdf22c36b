package dev.myna.train;

import dev.myna.nn.Precision;
import dev.myna.task.Evaluation;
import dev.myna.task.Task;
import dev.myna.tensor.DType;
import dev.myna.tensor.Device;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.ProcessMemory;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;

/** Measures how fast a training goes. */
final class Meter {
  private static final double SMOOTHING = 0.9;

  private final TrainConfig config;
  private final long parameters;
  private final double flopsPerToken;
  private final Device device;
  private final Precision precision;
  private final long begun = System.nanoTime();
  private final long firstStep;
  private long before = System.nanoTime();
  private double busySeconds;
  private long busyTokens;
  private double smoothLoss = Double.NaN;
  private double smoothSeconds = Double.NaN;
  private double smoothTokens = Double.NaN;
  private double peakFlops = Double.NaN;

  Meter(TrainConfig config, Task<?> task, long firstStep, Device device, Precision precision) {
    this.config = config;
    this.firstStep = firstStep;
    parameters = task.model().parameterCount();
    flopsPerToken = task.flopsPerToken();
    this.device = device;
    this.precision = precision;
  }

  /** Floating-point operations a second of a large matrix product. */
  private static double productRate(Device device, Precision precision) {
    int size = 1024;
    DType dtype = precision == Precision.BFLOAT16 ? DType.BFLOAT16 : DType.FLOAT32;
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      Tensor a = Tensor.full(0.5, dtype, device, size, size);
      double best = 0;
      for (int i = 0; i < 8; i++) {
        long start = System.nanoTime();
        double unused = a.matmul(a).select(0, 0).select(0, 0).item();
        best = Math.max(best, 2.0 * size * size * size / ((System.nanoTime() - start) / 1e9));
      }
      return best;
    }
  }

  /** What one step gave: mean loss of its batches, their tokens, the length of the gradient. */
  record Moved(double loss, long tokens, double norm) {}

  TrainingListener.Step step(long step, double rate, Moved moved) {
    long now = System.nanoTime();
    double seconds = (now - before) / 1e9;
    before = now;
    // The first step of a run pays for buffers and kernels that later ones find ready.
    if (step > firstStep + 1 || config.steps() == 1) {
      busySeconds += seconds;
      busyTokens += moved.tokens();
    }
    smoothLoss = smooth(smoothLoss, moved.loss());
    smoothSeconds = smooth(smoothSeconds, seconds);
    smoothTokens = smooth(smoothTokens, moved.tokens());
    double perSecond = smoothTokens / smoothSeconds;
    if (Double.isNaN(peakFlops)) {
      // Not before the first step: the compiler of the JVM still has a core to itself there.
      peakFlops = productRate(device, precision);
      pause();
    }
    return new TrainingListener.Step(
        step,
        config.steps(),
        moved.loss(),
        rate,
        moved.norm(),
        perSecond,
        perSecond * flopsPerToken / peakFlops,
        ProcessMemory.resident(),
        smoothSeconds * (config.steps() - step));
  }

  private static double smooth(double old, double value) {
    return Double.isNaN(old) ? value : SMOOTHING * old + (1 - SMOOTHING) * value;
  }

  /** What happened since the last step does not count as a step's time. */
  void pause() {
    before = System.nanoTime();
  }

  TrainingResult result(TrainingState state, Evaluation evaluation, boolean stopped) {
    return new TrainingResult(
        state.step(),
        smoothLoss,
        evaluation,
        state.best(evaluation),
        (System.nanoTime() - begun) / 1e9,
        busyTokens == 0 ? 0 : busyTokens / busySeconds,
        parameters,
        stopped);
  }
}
