package dev.myna.text.vectors;

import java.util.Arrays;

/** {@link Kernel} as plain loops. */
final class ScalarKernel {
  static final int LANES = 4;

  private ScalarKernel() {}

  static float dot(float[] a, int at, float[] b, int bt, int length) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    for (int j = 0; j < length; j += LANES) {
      s0 += a[at + j] * b[bt + j];
      s1 += a[at + j + 1] * b[bt + j + 1];
      s2 += a[at + j + 2] * b[bt + j + 2];
      s3 += a[at + j + 3] * b[bt + j + 3];
    }
    return (s0 + s2) + (s1 + s3);
  }

  static void dots(
      float[] a, int at, float[] matrix, int[] rows, int count, int length, float[] scores) {
    for (int i = 0; i < count; i++) {
      scores[i] = dot(a, at, matrix, rows[i], length);
    }
  }

  static void update(
      float[] hidden,
      float[] matrix,
      int[] rows,
      float[] scale,
      int count,
      int length,
      float[] error,
      int errorAt) {
    for (int i = 0; i < count; i++) {
      add(matrix, rows[i], scale[i], error, errorAt, length);
      add(hidden, 0, scale[i], matrix, rows[i], length);
    }
  }

  static void sum(float[] matrix, int[] rows, int count, int length, float scale, float[] into) {
    Arrays.fill(into, 0, length, 0);
    for (int i = 0; i < count; i++) {
      add(matrix, rows[i], 1, into, 0, length);
    }
    for (int j = 0; j < length; j++) {
      into[j] *= scale;
    }
  }

  static void add(float[] a, int at, float scale, float[] b, int bt, int length) {
    for (int j = 0; j < length; j++) {
      b[bt + j] += scale * a[at + j];
    }
  }

  static void spread(float[] a, float scale, float[] matrix, int[] rows, int count, int length) {
    for (int i = 0; i < count; i++) {
      add(a, 0, scale, matrix, rows[i], length);
    }
  }

  static void adagrad(
      float step,
      float[] a,
      float[] aSquares,
      int at,
      float[] b,
      float[] bSquares,
      int bt,
      int length) {
    for (int j = 0; j < length; j++) {
      float moveA = step * b[bt + j];
      float moveB = step * a[at + j];
      a[at + j] -= moveA / (float) Math.sqrt(aSquares[at + j]);
      b[bt + j] -= moveB / (float) Math.sqrt(bSquares[bt + j]);
      aSquares[at + j] += moveA * moveA;
      bSquares[bt + j] += moveB * moveB;
    }
  }
}
