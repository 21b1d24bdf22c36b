package dev.myna.train;

import java.util.function.DoubleUnaryOperator;

/** The learning rate at each step. */
@FunctionalInterface
public interface Schedule {
  /** The rate of a step; the first is 0. */
  double at(long step);

  /** The schedule of a configuration: a linear warm-up, then what it says. */
  static Schedule of(TrainConfig config) {
    Schedule after =
        switch (config.schedule()) {
          case CONSTANT -> step -> config.rate();
          case LINEAR -> falling(config, Math.max(config.warmup(), 0), x -> 1 - x);
          case COSINE -> falling(config, config.warmup(), x -> (1 + Math.cos(Math.PI * x)) / 2);
          case TRAPEZOID ->
              falling(
                  config,
                  Math.max(config.warmup(), Math.round(config.steps() * (1 - config.decay()))),
                  x -> 1 - x);
          case INVERSE_SQRT ->
              step ->
                  Math.max(
                      config.minimumRate(),
                      config.rate() * Math.sqrt((config.warmup() + 1.0) / (step + 1)));
        };
    return step ->
        step < config.warmup()
            ? config.rate() * (step + 1) / (config.warmup() + 1)
            : after.at(step);
  }

  private static Schedule falling(TrainConfig config, long from, DoubleUnaryOperator shape) {
    double span = Math.max(1, config.steps() - from);
    return step -> {
      double done = Math.clamp((step - from) / span, 0, 1);
      return config.minimumRate()
          + (config.rate() - config.minimumRate()) * shape.applyAsDouble(done);
    };
  }
}
