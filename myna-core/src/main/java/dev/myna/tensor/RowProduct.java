package dev.myna.tensor;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * The product of a matrix with one row, as for a token that is said: it takes as long as the matrix
 * takes to come from memory, which several cores fetch faster than one. OpenBLAS leaves it to one.
 */
final class RowProduct {
  /** Weights that are worth a thread of their own. */
  private static final long SHARE = 1 << 16;

  private static final int ROW_MAJOR = 101;
  private static final int AS_IT_IS = 111;
  private static final @Nullable MethodHandle SGEMV =
      Libtorch.loaded(
          "cblas_sgemv",
          FunctionDescriptor.ofVoid(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_FLOAT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_FLOAT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT));

  private RowProduct() {}

  /**
   * Whether this can do it: all float32 on the processor, of shapes that fit, and nobody wants
   * gradients.
   *
   * @param in elements of the row
   */
  static boolean fits(Tensor weight, long in, @Nullable Tensor bias) {
    return SGEMV != null
        && !Gradients.wanted()
        && fits(weight)
        && weight.dim() == 2
        && weight.size(1) == in
        && (bias == null || fits(bias) && bias.dim() == 1 && bias.size(0) == weight.size(0));
  }

  private static boolean fits(Tensor tensor) {
    return tensor.dtype() == DType.FLOAT32 && !tensor.raw().is_cuda() && tensor.contiguous();
  }

  /**
   * {@code weight · row + bias}; while OpenBLAS has one thread ({@link Threads#forPass}), each
   * element is the same on any number of cores.
   *
   * @param weight (out, in)
   * @param row of {@code in} elements
   * @param bias (out), or null
   * @param shape of the result, {@code out} elements
   */
  static Tensor of(Tensor weight, Tensor row, @Nullable Tensor bias, long... shape) {
    Tensor result = Tensor.empty(DType.FLOAT32, Device.CPU, shape);
    MemorySegment y = result.memory();
    if (bias == null) {
      y.fill((byte) 0);
    } else {
      y.copyFrom(bias.memory());
    }
    MemorySegment matrix = weight.memory();
    MemorySegment x = row.makeContiguous().memory();
    int out = (int) weight.size(0);
    int in = (int) weight.size(1);
    int threads = BlasThreads.all();
    int parts = (int) Math.clamp((long) out * in / SHARE, 1, threads);
    int most = (out + parts - 1) / parts + 15 & -16; // whole blocks of OpenBLAS
    RowCores.run(
        threads,
        parts,
        part -> {
          int from = part * most;
          int count = Math.min(most, out - from);
          if (count > 0) {
            multiply(count, in, matrix.asSlice(4L * from * in), x, y.asSlice(4L * from));
          }
        });
    return result;
  }

  private static void multiply(
      int rows, int columns, MemorySegment matrix, MemorySegment x, MemorySegment y) {
    MethodHandle sgemv = SGEMV;
    if (sgemv == null) {
      throw new IllegalStateException("there is no cblas_sgemv");
    }
    try {
      sgemv.invokeExact(ROW_MAJOR, AS_IT_IS, rows, columns, 1f, matrix, columns, x, 1, 1f, y, 1);
    } catch (Throwable e) {
      throw new IllegalStateException("cblas_sgemv failed", e);
    }
  }
}
