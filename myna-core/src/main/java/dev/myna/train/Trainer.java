package dev.myna.train;

import dev.myna.model.Pretrained;
import dev.myna.model.Transformer;
import dev.myna.nn.Precision;
import dev.myna.tensor.Device;
import dev.myna.tensor.Random;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import dev.myna.text.corpus.Shards;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Trains a model: batches, loss, gradients, a step, over and over, with evaluations and checkpoints
 * in between. All its parts are public, so that anybody may write another loop.
 */
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
    device = Device.of(config.device());
    precision =
        switch (config.precision()) {
          case AUTO -> Precision.best(device);
          case FLOAT32 -> Precision.FLOAT32;
          case BFLOAT16 -> Precision.BFLOAT16;
        };
    pretrained.model().moveTo(device);
    optimizer =
        new AdamW(
            pretrained.model(),
            config.weightDecay(),
            config.beta1(),
            config.beta2(),
            config.epsilon());
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
      while (state.step() < config.steps() && !stop.getAsBoolean() && !exhausted(state)) {
        double rate = schedule.at(state.step());
        long step = state.step() + 1;
        Moved moved = step(model, batches, rate);
        state = new TrainingState(step, batches.position(), state.bestLoss(), state.sinceBest());
        listener.stepped(meter.step(step, moved.loss(), rate, moved.norm()));
        if (due(step, config.evaluateEvery()) || step == config.steps()) {
          Evaluation evaluation = evaluate(model, length);
          newest = Optional.of(evaluation);
          state = judged(state, evaluation);
          meter.pause();
        }
        if (due(step, checkpointEvery()) || step == config.steps() || stop.getAsBoolean()) {
          save(state);
          meter.pause();
        }
      }
      model.training(false);
      if (newest.isEmpty()) {
        newest = Optional.of(evaluate(model, length));
      }
      return meter.result(state, newest.get(), state.step() < config.steps() && !exhausted(state));
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

  private TrainingState judged(TrainingState state, Evaluation evaluation) {
    boolean best = evaluation.loss() < state.bestLoss();
    listener.evaluated(state.step(), evaluation, best);
    if (best) {
      listener.saved(state.step(), checkpoints.saveBest(pretrained));
    }
    return new TrainingState(
        state.step(),
        state.batches(),
        Math.min(evaluation.loss(), state.bestLoss()),
        best ? 0 : state.sinceBest() + 1);
  }

  private void save(TrainingState state) {
    try (Scope scope = Scope.open()) {
      listener.saved(state.step(), checkpoints.saveLast(pretrained, state.tensors(optimizer)));
    }
  }

  private boolean exhausted(TrainingState state) {
    return config.patience() > 0 && state.sinceBest() >= config.patience();
  }

  private int checkpointEvery() {
    return config.checkpointEvery() > 0 ? config.checkpointEvery() : config.evaluateEvery();
  }

  private static boolean due(long step, int every) {
    return every > 0 && step % every == 0;
  }
}
