package dev.myna.train;

import dev.myna.nn.Module;
import dev.myna.nn.Precision;
import dev.myna.task.Batches;
import dev.myna.task.Evaluation;
import dev.myna.task.Task;
import dev.myna.tensor.Device;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Libtorch;
import dev.myna.tensor.Random;
import dev.myna.tensor.Scope;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Trains a model at a task: batches, loss, gradients, a step; evaluations and checkpoints in
 * between.
 *
 * @param <B> batches of the task
 */
public final class Trainer<B extends Task.Weighed> {
  private final TrainConfig config;
  private final Task<B> task;
  private final Module model;
  private final Checkpoints checkpoints;
  private final TrainingListener listener;
  private final BooleanSupplier stop;
  private final Device device;
  private final Precision precision;
  private final Optimizer optimizer;
  private final long seed;

  /**
   * @param seed of dropout
   * @param stop asked between steps; when true, the run is saved and ends
   */
  public Trainer(
      TrainConfig config,
      Task<B> task,
      Checkpoints checkpoints,
      TrainingListener listener,
      long seed,
      BooleanSupplier stop) {
    this.config = config;
    this.task = task;
    this.checkpoints = checkpoints;
    this.listener = listener;
    this.seed = seed;
    this.stop = stop;
    Libtorch.threadsFor(config.threads(), task.elements());
    device = Device.of(config.device());
    precision = config.precision().on(device);
    model = task.model();
    model.moveTo(device);
    optimizer = Optimizer.of(model, config);
  }

  /**
   * Trains from the beginning, or from a checkpoint on, exactly as if it had never stopped.
   *
   * @param from the checkpoint whose weights the model has
   */
  public TrainingResult run(Optional<Path> from) {
    Random.global().seed(seed);
    TrainingState state =
        from.map(path -> TrainingState.restore(Checkpoints.state(path), optimizer, task))
            .orElse(TrainingState.START);
    Schedule schedule = Schedule.of(config);
    Meter meter = new Meter(config, task, state.step(), device, precision);
    Optional<Evaluation> newest = Optional.empty();
    model.training(true);
    try (Batches<B> batches = new Batches<>(task::batch, state.batches());
        DataParallel<B> gradient = new DataParallel<>(task, config, device, precision, seed)) {
      while (state.step() < config.steps() && !stop.getAsBoolean() && !state.exhausted(config)) {
        double rate = schedule.at(state.step());
        long step = state.step() + 1;
        Moved moved = step(batches, gradient, rate);
        state = state.stepped(batches.position());
        listener.stepped(meter.step(step, moved.loss(), moved.tokens(), rate, moved.norm()));
        if (config.evaluatesAt(step)) {
          Evaluation evaluation = evaluate();
          newest = Optional.of(evaluation);
          state = judge(state, evaluation);
          meter.pause();
        }
        if (config.savesAt(step) || stop.getAsBoolean()) {
          save(state);
          meter.pause();
        }
      }
      Evaluation last = newest.isPresent() ? newest.get() : evaluate();
      model.training(false);
      boolean stopped = state.step() < config.steps() && !state.exhausted(config);
      return meter.result(state, last, stopped);
    }
  }

  /** What one step gave: mean loss of its batches, their tokens, the length of the gradient. */
  private record Moved(double loss, long tokens, double norm) {}

  private Moved step(Batches<B> batches, DataParallel<B> gradient, double rate) {
    optimizer.zeroGrad();
    double loss = 0;
    long tokens = 0;
    for (int i = 0; i < config.accumulation(); i++) {
      long number = batches.position();
      B batch = batches.next();
      loss += gradient.backward(batch, number, 1.0 / config.accumulation()) / config.accumulation();
      tokens += batch.tokens();
    }
    if (!Double.isFinite(loss)) {
      throw new TrainingException(
          "the loss became %s; lower the rate, or clip gradients".formatted(loss));
    }
    double norm = optimizer.clip(config.clip());
    optimizer.step(rate);
    return new Moved(loss, tokens, norm);
  }

  private Evaluation evaluate() {
    model.training(false);
    try (Gradients off = Gradients.off()) {
      return precision.call(() -> task.evaluate(device));
    } finally {
      model.training(true);
    }
  }

  private TrainingState judge(TrainingState state, Evaluation evaluation) {
    boolean best = state.improvedBy(evaluation);
    listener.evaluated(state.step(), evaluation, best);
    if (best) {
      listener.saved(state.step(), checkpoints.saveBest(task::save));
    }
    return state.judged(evaluation);
  }

  private void save(TrainingState state) {
    try (Scope scope = Scope.open()) {
      listener.saved(
          state.step(), checkpoints.saveLast(task::save, state.tensors(optimizer, task)));
    }
  }
}
