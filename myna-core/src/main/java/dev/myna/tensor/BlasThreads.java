package dev.myna.tensor;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.VoidTensorHook;
import org.jspecify.annotations.Nullable;

/**
 * One thread for a matrix product while it is open, where libtorch itself spreads an operation over
 * threads: its fused attention computes small products on every thread at once, and OpenBLAS, whose
 * threads are others than libtorch's, would let them wait for each other (measured: three times
 * slower, forward and backward).
 */
final class BlasThreads implements AutoCloseable {
  private static final VoidTensorHook ONE = Libtorch.immortal(hook(() -> set(1)));
  private static final VoidTensorHook ALL = Libtorch.immortal(hook(BlasThreads::restore));

  private static final @Nullable MethodHandle SETTER =
      Libtorch.loaded("openblas_set_num_threads", FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));

  private static volatile int all = Libtorch.cores();

  private final boolean wanted;

  private BlasThreads(boolean wanted) {
    this.wanted = wanted;
  }

  /**
   * @param wanted whether to do anything at all
   */
  static BlasThreads one(boolean wanted) {
    boolean needed = wanted && all > 1 && Libtorch.threads() > 1;
    if (needed) {
      set(1);
    }
    return new BlasThreads(needed);
  }

  /** The number of threads outside. */
  static int all() {
    return all;
  }

  /** Sets the number of threads outside. */
  static void all(int threads) {
    all = threads;
    set(threads);
  }

  /**
   * Does the same around the backward pass of an operation.
   *
   * @param output of the operation: its gradient arrives just before
   * @param inputs of the operation: their gradients leave just after
   */
  void inBackward(Tensor output, Tensor... inputs) {
    if (!wanted || !output.requiresGrad()) {
      return;
    }
    int unused = output.raw().register_hook(ONE);
    for (Tensor input : inputs) {
      if (input.requiresGrad()) {
        unused = input.raw().register_hook(ALL);
      }
    }
  }

  @Override
  public void close() {
    if (wanted) {
      restore();
    }
  }

  /** As many threads as outside again. */
  static void restore() {
    set(all);
  }

  static void set(int threads) {
    if (SETTER == null) {
      return;
    }
    try {
      SETTER.invokeExact(threads);
    } catch (Throwable e) {
      throw new IllegalStateException("openblas_set_num_threads failed", e);
    }
  }

  private static VoidTensorHook hook(Runnable action) {
    return new VoidTensorHook() {
      @Override
      public void call(TensorBase gradient) {
        action.run();
      }
    };
  }
}
