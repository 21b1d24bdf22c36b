package dev.myna.train;

import dev.myna.model.Pretrained;
import dev.myna.model.Transformer;
import dev.myna.nn.Precision;
import dev.myna.tensor.Device;
import dev.myna.tensor.Libtorch;
import dev.myna.tensor.Random;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import dev.myna.text.corpus.Shards;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Trains a model: batches, loss, gradients, a step; evaluations and checkpoints in between. */
public final class Trainer {
  private final TrainConfig config;
  private final Pretrained pretrained;
  private final Shards training;
  private final Shards heldOut;
  private final Checkpoints checkpoints;
  private final TrainingListener listener;
  private final BooleanSupplier stop;
  private final Device device;
  private final Precision precision;
  private final AdamW optimizer;
  private final Objective objective;
  private final long seed;

  /**
   * @param training tokens to learn from
   * @param heldOut tokens to measure on
   * @param seed of the order of batches and of dropout
   * @param stop asked between steps; when true, the run is saved and ends
   */
  public Trainer(
      TrainConfig config,
      Pretrained pretrained,
      Shards training,
      Shards heldOut,
      Checkpoints checkpoints,
      TrainingListener listener,
      long seed,
      BooleanSupplier stop) {
    this.config = config;
    this.pretrained = pretrained;
    this.training = training;
    this.heldOut = heldOut;
    this.checkpoints = checkpoints;
    this.listener = listener;
    this.seed = seed;
    this.stop = stop;
    var spec = pretrained.model().spec();
    Libtorch.threadsFor(config.threads(), (long) config.batch() * spec.context() * spec.width());
    device = Device.of(config.device());
    precision = config.precision().on(device);
    pretrained.model().moveTo(device);
    optimizer = AdamW.of(pretrained.model(), config);
    objective = Objective.nextToken(config.labelSmoothing());
  }

  /**
   * Trains from the beginning, or from a checkpoint on, exactly as if it had never stopped.
   *
   * @param from the checkpoint whose weights the model has
   */
  public TrainingResult run(Optional<Path> from) {
    Transformer model = pretrained.model();
    Random.global().seed(seed);
    TrainingState state =
        from.map(path -> TrainingState.restore(Checkpoints.state(path), optimizer))
            .orElse(TrainingState.START);
    Schedule schedule = Schedule.of(config);
    int length = model.spec().context();
    Meter meter = new Meter(config, model, state.step(), device, precision);
    Optional<Evaluation> newest = Optional.empty();
    model.training(true);
    try (Batches batches = new Batches(training, config.batch(), length, seed, state.batches())) {
      while (state.step() < config.steps() && !stop.getAsBoolean() && !state.exhausted(config)) {
        double rate = schedule.at(state.step());
        long step = state.step() + 1;
        Moved moved = step(model, batches, rate);
        state = state.stepped(batches.position());
        listener.stepped(meter.step(step, moved.loss(), rate, moved.norm()));
        if (config.evaluatesAt(step)) {
          Evaluation evaluation = evaluate(model, length);
          newest = Optional.of(evaluation);
          state = judge(state, evaluation);
          meter.pause();
        }
        if (config.savesAt(step) || stop.getAsBoolean()) {
          save(state);
          meter.pause();
        }
      }
      model.training(false);
      Evaluation last = newest.isPresent() ? newest.get() : evaluate(model, length);
      boolean stopped = state.step() < config.steps() && !state.exhausted(config);
      return meter.result(state, last, stopped);
    }
  }

  /** What one step gave: mean loss of its batches, and the length of the gradient. */
  private record Moved(double loss, double norm) {}

  private Moved step(Transformer model, Batches batches, double rate) {
    optimizer.zeroGrad();
    double loss = 0;
    for (int i = 0; i < config.accumulation(); i++) {
      try (Scope scope = Scope.open()) {
        Batch batch = batches.next();
        Tensor mean = precision.call(() -> objective.loss(model, batch, device));
        mean.div(config.accumulation()).backward();
        loss += mean.item() / config.accumulation();
      }
    }
    if (!Double.isFinite(loss)) {
      throw new TrainingException(
          "the loss became %s; lower the rate, or clip gradients".formatted(loss));
    }
    double norm = optimizer.clip(config.clip());
    optimizer.step(rate);
    return new Moved(loss, norm);
  }

  private Evaluation evaluate(Transformer model, int length) {
    return Evaluation.of(
        model, heldOut, config.batch(), length, config.evaluateBatches(), precision, device);
  }

  private TrainingState judge(TrainingState state, Evaluation evaluation) {
    boolean best = evaluation.loss() < state.bestLoss();
    listener.evaluated(state.step(), evaluation, best);
    if (best) {
      listener.saved(state.step(), checkpoints.saveBest(pretrained));
    }
    return state.judged(evaluation.loss());
  }

  private void save(TrainingState state) {
    try (Scope scope = Scope.open()) {
      listener.saved(state.step(), checkpoints.saveLast(pretrained, state.tensors(optimizer)));
    }
  }
}
