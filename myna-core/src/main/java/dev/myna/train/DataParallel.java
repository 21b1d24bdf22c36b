package dev.myna.train;

import dev.myna.nn.Precision;
import dev.myna.task.Task;
import dev.myna.tensor.Device;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Libtorch;
import dev.myna.tensor.Random;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The gradient of a batch, in parts: each core takes some rows through the whole model and back,
 * and waits for nobody on the way. Threads within single operations would wait for each other
 * hundreds of times a step.
 *
 * <p>Only on the processor, with several threads, and for tasks that have {@linkplain Task#parts
 * parts}; otherwise a batch goes through whole. Gradients are added up as parts end: of two parts
 * the sum is always the same, of more it may differ in the last bits. Dropout of a part follows
 * from the seed and the numbers of batch and part.
 *
 * @param <B> batches of the task
 */
final class DataParallel<B extends Task.Weighed> implements AutoCloseable {
  private final Task<B> task;
  private final TrainConfig config;
  private final Device device;
  private final Precision precision;
  private final long seed;
  private final int threads;
  private final List<Random> streams = new ArrayList<>();
  private final ExecutorService workers;

  DataParallel(Task<B> task, TrainConfig config, Device device, Precision precision, long seed) {
    this.task = task;
    this.config = config;
    this.device = device;
    this.precision = precision;
    this.seed = seed;
    boolean fits = device.equals(Device.CPU);
    threads = !fits ? 1 : config.threads() > 0 ? config.threads() : Libtorch.cores();
    workers =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("gradient-", 0).factory());
  }

  /**
   * Adds the gradient of a batch's loss to those of the parameters.
   *
   * @param number of the batch
   * @param scale of the loss
   * @return the loss, not scaled
   */
  double backward(B batch, long number, double scale) {
    List<Task.Part<B>> parts = threads == 1 ? Task.Part.whole(batch) : task.parts(batch, threads);
    if (parts.size() == 1) {
      return backward(parts.getFirst(), scale);
    }
    Libtorch.threads(1);
    try (Scope scope = Scope.open()) {
      Map<Tensor, Tensor> earlier = takeGradients();
      List<Future<Double>> losses = new ArrayList<>();
      for (int i = 0; i < parts.size(); i++) {
        Task.Part<B> part = parts.get(i);
        Random stream = stream(i, number);
        losses.add(workers.submit(() -> stream.call(() -> backward(part, scale))));
      }
      double loss = 0;
      for (Future<Double> one : losses) {
        loss += outcome(one);
      }
      addGradients(earlier);
      return loss;
    } finally {
      Libtorch.threadsFor(config.threads(), task.elements());
    }
  }

  /**
   * Gradients of earlier batches stand aside: with them, the sum would depend on who ends first.
   */
  private Map<Tensor, Tensor> takeGradients() {
    Map<Tensor, Tensor> taken = new IdentityHashMap<>();
    for (Tensor parameter : task.model().parameters().values()) {
      Tensor gradient = parameter.grad();
      if (gradient != null) {
        taken.put(parameter, gradient);
        parameter.clearGrad();
      }
    }
    return taken;
  }

  private static void addGradients(Map<Tensor, Tensor> earlier) {
    try (Gradients off = Gradients.off()) {
      earlier.forEach(
          (parameter, gradient) -> {
            Tensor now = parameter.grad();
            if (now == null) {
              parameter.grad(gradient);
            } else {
              now.add_(gradient);
            }
          });
    }
  }

  private Random stream(int part, long number) {
    if (part == streams.size()) {
      streams.add(Random.seeded(0));
    }
    Random stream = streams.get(part);
    stream.seed(new SplittableRandom(seed + 31 * number + ((part + 1L) << 48)).nextLong());
    return stream;
  }

  private double backward(Task.Part<B> part, double scale) {
    return precision.callWithFixedWeights(
        () -> {
          try (Scope scope = Scope.open()) {
            Tensor loss = task.loss(part.batch(), device);
            loss.mul(part.weight() * scale).backward();
            return loss.item() * part.weight();
          }
        });
  }

  private static double outcome(Future<Double> loss) {
    try {
      return loss.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a part of a batch failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for a gradient");
    }
  }

  @Override
  public void close() {
    workers.shutdown();
  }
}
