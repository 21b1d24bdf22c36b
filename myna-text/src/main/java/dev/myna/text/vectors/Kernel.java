package dev.myna.text.vectors;

/**
 * The inner loops of learning and searching, over rows of floats whose length is a multiple of
 * {@link #LANES}.
 *
 * <p>Runs on the Vector API where {@code jdk.incubator.vector} is among the modules, and as plain
 * loops elsewhere. Sums are taken in a fixed order, so that a result does not depend on whether the
 * interpreter or a compiler computed it.
 */
final class Kernel {
  private static final boolean VECTOR =
      ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

  /** Rows are padded to a multiple of this. */
  static final int LANES = VECTOR ? VectorKernel.LANES : ScalarKernel.LANES;

  private Kernel() {}

  /** The inner product of {@code a[at…]} and {@code b[bt…]}. */
  static float dot(float[] a, int at, float[] b, int bt, int length) {
    return VECTOR ? VectorKernel.dot(a, at, b, bt, length) : ScalarKernel.dot(a, at, b, bt, length);
  }

  /**
   * {@code scores[i]} = the inner product of {@code a[at…]} and the row that starts at {@code
   * rows[i]}.
   */
  static void dots(
      float[] a, int at, float[] matrix, int[] rows, int count, int length, float[] scores) {
    if (VECTOR) {
      VectorKernel.dots(a, at, matrix, rows, count, length, scores);
    } else {
      ScalarKernel.dots(a, at, matrix, rows, count, length, scores);
    }
  }

  /**
   * One step of logistic regression for several targets: adds {@code scale[i]} × row i to the error
   * and {@code scale[i]} × hidden to row i. The error must not overlap hidden.
   */
  static void update(
      float[] hidden,
      float[] matrix,
      int[] rows,
      float[] scale,
      int count,
      int length,
      float[] error,
      int errorAt) {
    if (VECTOR) {
      VectorKernel.update(hidden, matrix, rows, scale, count, length, error, errorAt);
    } else {
      ScalarKernel.update(hidden, matrix, rows, scale, count, length, error, errorAt);
    }
  }

  /** {@code into} = {@code scale} × the sum of the rows. */
  static void sum(float[] matrix, int[] rows, int count, int length, float scale, float[] into) {
    if (VECTOR) {
      VectorKernel.sum(matrix, rows, count, length, scale, into);
    } else {
      ScalarKernel.sum(matrix, rows, count, length, scale, into);
    }
  }

  /** {@code b[bt…] += scale × a[at…]}. */
  static void add(float[] a, int at, float scale, float[] b, int bt, int length) {
    if (VECTOR) {
      VectorKernel.add(a, at, scale, b, bt, length);
    } else {
      ScalarKernel.add(a, at, scale, b, bt, length);
    }
  }

  /** {@code row += scale × a} for every row. */
  static void spread(float[] a, float scale, float[] matrix, int[] rows, int count, int length) {
    if (VECTOR) {
      VectorKernel.spread(a, scale, matrix, rows, count, length);
    } else {
      ScalarKernel.spread(a, scale, matrix, rows, count, length);
    }
  }

  /**
   * One AdaGrad step of two rows whose inner product is off: each moves against {@code step} × the
   * other, divided by the root of its sum of squared moves so far.
   */
  static void adagrad(
      float step,
      float[] a,
      float[] aSquares,
      int at,
      float[] b,
      float[] bSquares,
      int bt,
      int length) {
    if (VECTOR) {
      VectorKernel.adagrad(step, a, aSquares, at, b, bSquares, bt, length);
    } else {
      ScalarKernel.adagrad(step, a, aSquares, at, b, bSquares, bt, length);
    }
  }
}
