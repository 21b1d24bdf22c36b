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
  private Optional<Evaluation> newest = Optional.empty();

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
   * Trains from the beginning, which is evaluated and saved too, or from a checkpoint on, exactly
   * as if it had never stopped. A trainer does so once: what the optimizer kept is freed.
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
    model.training(true);
    try (optimizer;
        Batches<B> batches = new Batches<>(task::batch, state.batches());
        DataParallel<B> gradient = new DataParallel<>(task, config, device, precision, seed)) {
      state = from.isPresent() ? state : pause(state, meter);
      while (state.step() < config.steps() && !stop.getAsBoolean() && !state.exhausted(config)) {
        double rate = schedule.at(state.step());
        Meter.Moved moved = step(batches, gradient, rate);
        state = state.stepped(batches.position());
        listener.stepped(meter.step(state.step(), rate, moved));
        state = pause(state, meter);
      }
      Evaluation last = newest.isPresent() ? newest.get() : evaluate();
      model.training(false);
      boolean stopped = state.step() < config.steps() && !state.exhausted(config);
      return meter.result(state, last, stopped);
    }
  }

  private Meter.Moved step(Batches<B> batches, DataParallel<B> gradient, double rate) {
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
    return new Meter.Moved(loss, tokens, norm);
  }

  /** Evaluates and saves where that is due. */
  private TrainingState pause(TrainingState state, Meter meter) {
    TrainingState judged = config.evaluatesAt(state.step()) ? judge(state, evaluate()) : state;
    if (config.savesAt(state.step()) || stop.getAsBoolean()) {
      save(judged);
    }
    meter.pause();
    return judged;
  }

  private Evaluation evaluate() {
    model.training(false);
    try (Gradients off = Gradients.off()) {
      return precision.callWithFixedWeights(() -> task.evaluate(device, listener.progress()));
    } finally {
      model.training(true);
    }
  }

  private TrainingState judge(TrainingState state, Evaluation evaluation) {
    newest = Optional.of(evaluation);
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
