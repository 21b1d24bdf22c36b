package dev.myna.text.vectors;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Kernel} on the Vector API. Six rows are worked on at once, because five negative samples
 * and the word itself are the usual case, and because their loads from memory then overlap.
 */
final class VectorKernel {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  /** The lanes of one sum, spread for adding them up in a fixed order. */
  private static final ThreadLocal<float[]> LANE_SUMS =
      ThreadLocal.withInitial(() -> new float[6 * LANES]);

  private VectorKernel() {}

  static float dot(float[] a, int at, float[] b, int bt, int length) {
    float[] sums = LANE_SUMS.get();
    dot1(a, at, b, bt, length, sums);
    return reduce(sums, 0);
  }

  static void dots(
      float[] a, int at, float[] matrix, int[] rows, int count, int length, float[] scores) {
    float[] sums = LANE_SUMS.get();
    int i = 0;
    for (; i + 6 <= count; i += 6) {
      dot6(a, at, matrix, rows, i, length, sums);
      for (int k = 0; k < 6; k++) {
        scores[i + k] = reduce(sums, k * LANES);
      }
    }
    for (; i < count; i++) {
      dot1(a, at, matrix, rows[i], length, sums);
      scores[i] = reduce(sums, 0);
    }
  }

  private static void dot1(float[] a, int at, float[] b, int bt, int length, float[] sums) {
    FloatVector even = FloatVector.zero(SPECIES);
    FloatVector odd = even;
    int j = 0;
    for (; j + 2 * LANES <= length; j += 2 * LANES) {
      even = load(a, at + j).fma(load(b, bt + j), even);
      odd = load(a, at + j + LANES).fma(load(b, bt + j + LANES), odd);
    }
    if (j < length) {
      even = load(a, at + j).fma(load(b, bt + j), even);
    }
    even.add(odd).intoArray(sums, 0);
  }

  private static void dot6(
      float[] a, int at, float[] matrix, int[] rows, int first, int length, float[] sums) {
    int r0 = rows[first];
    int r1 = rows[first + 1];
    int r2 = rows[first + 2];
    int r3 = rows[first + 3];
    int r4 = rows[first + 4];
    int r5 = rows[first + 5];
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    for (int j = 0; j < length; j += LANES) {
      FloatVector x = load(a, at + j);
      s0 = x.fma(load(matrix, r0 + j), s0);
      s1 = x.fma(load(matrix, r1 + j), s1);
      s2 = x.fma(load(matrix, r2 + j), s2);
      s3 = x.fma(load(matrix, r3 + j), s3);
      s4 = x.fma(load(matrix, r4 + j), s4);
      s5 = x.fma(load(matrix, r5 + j), s5);
    }
    s0.intoArray(sums, 0);
    s1.intoArray(sums, LANES);
    s2.intoArray(sums, 2 * LANES);
    s3.intoArray(sums, 3 * LANES);
    s4.intoArray(sums, 4 * LANES);
    s5.intoArray(sums, 5 * LANES);
  }

  /** FloatVector.reduceLanes leaves the order of its sum open; here it is the same everywhere. */
  private static float reduce(float[] sums, int at) {
    if (LANES == 8) {
      return ((sums[at] + sums[at + 4]) + (sums[at + 2] + sums[at + 6]))
          + ((sums[at + 1] + sums[at + 5]) + (sums[at + 3] + sums[at + 7]));
    }
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int j = 0; j < half; j++) {
        sums[at + j] += sums[at + j + half];
      }
    }
    return sums[at];
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
    int i = 0;
    for (; i + 6 <= count; i += 6) {
      update6(hidden, matrix, rows, scale, i, length, error, errorAt);
    }
    for (; i < count; i++) {
      update1(hidden, matrix, rows[i], scale[i], length, error, errorAt);
    }
  }

  private static void update1(
      float[] hidden,
      float[] matrix,
      int row,
      float scale,
      int length,
      float[] error,
      int errorAt) {
    FloatVector g = FloatVector.broadcast(SPECIES, scale);
    for (int j = 0; j < length; j += LANES) {
      FloatVector y = load(matrix, row + j);
      y.fma(g, load(error, errorAt + j)).intoArray(error, errorAt + j);
      load(hidden, j).fma(g, y).intoArray(matrix, row + j);
    }
  }

  /** Loads come after the stores before them, so that a row named twice gets both updates. */
  private static void update6(
      float[] hidden,
      float[] matrix,
      int[] rows,
      float[] scale,
      int first,
      int length,
      float[] error,
      int errorAt) {
    int r0 = rows[first];
    int r1 = rows[first + 1];
    int r2 = rows[first + 2];
    int r3 = rows[first + 3];
    int r4 = rows[first + 4];
    int r5 = rows[first + 5];
    FloatVector g0 = FloatVector.broadcast(SPECIES, scale[first]);
    FloatVector g1 = FloatVector.broadcast(SPECIES, scale[first + 1]);
    FloatVector g2 = FloatVector.broadcast(SPECIES, scale[first + 2]);
    FloatVector g3 = FloatVector.broadcast(SPECIES, scale[first + 3]);
    FloatVector g4 = FloatVector.broadcast(SPECIES, scale[first + 4]);
    FloatVector g5 = FloatVector.broadcast(SPECIES, scale[first + 5]);
    for (int j = 0; j < length; j += LANES) {
      FloatVector x = load(hidden, j);
      FloatVector e = load(error, errorAt + j);
      FloatVector y = load(matrix, r0 + j);
      e = y.fma(g0, e);
      x.fma(g0, y).intoArray(matrix, r0 + j);
      y = load(matrix, r1 + j);
      e = y.fma(g1, e);
      x.fma(g1, y).intoArray(matrix, r1 + j);
      y = load(matrix, r2 + j);
      e = y.fma(g2, e);
      x.fma(g2, y).intoArray(matrix, r2 + j);
      y = load(matrix, r3 + j);
      e = y.fma(g3, e);
      x.fma(g3, y).intoArray(matrix, r3 + j);
      y = load(matrix, r4 + j);
      e = y.fma(g4, e);
      x.fma(g4, y).intoArray(matrix, r4 + j);
      y = load(matrix, r5 + j);
      e = y.fma(g5, e);
      x.fma(g5, y).intoArray(matrix, r5 + j);
      e.intoArray(error, errorAt + j);
    }
  }

  static void sum(float[] matrix, int[] rows, int count, int length, float scale, float[] into) {
    FloatVector factor = FloatVector.broadcast(SPECIES, scale);
    for (int j = 0; j < length; j += LANES) {
      FloatVector even = FloatVector.zero(SPECIES);
      FloatVector odd = even;
      int i = 0;
      for (; i + 2 <= count; i += 2) {
        even = even.add(load(matrix, rows[i] + j));
        odd = odd.add(load(matrix, rows[i + 1] + j));
      }
      if (i < count) {
        even = even.add(load(matrix, rows[i] + j));
      }
      even.add(odd).mul(factor).intoArray(into, j);
    }
  }

  static void add(float[] a, int at, float scale, float[] b, int bt, int length) {
    FloatVector factor = FloatVector.broadcast(SPECIES, scale);
    for (int j = 0; j < length; j += LANES) {
      load(a, at + j).fma(factor, load(b, bt + j)).intoArray(b, bt + j);
    }
  }

  static void spread(float[] a, float scale, float[] matrix, int[] rows, int count, int length) {
    FloatVector factor = FloatVector.broadcast(SPECIES, scale);
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      for (int j = 0; j < length; j += LANES) {
        load(a, j).fma(factor, load(matrix, row + j)).intoArray(matrix, row + j);
      }
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
    FloatVector g = FloatVector.broadcast(SPECIES, step);
    for (int j = 0; j < length; j += LANES) {
      FloatVector x = load(a, at + j);
      FloatVector y = load(b, bt + j);
      FloatVector moveX = y.mul(g);
      FloatVector moveY = x.mul(g);
      FloatVector squaresX = load(aSquares, at + j);
      FloatVector squaresY = load(bSquares, bt + j);
      x.sub(moveX.div(squaresX.sqrt())).intoArray(a, at + j);
      y.sub(moveY.div(squaresY.sqrt())).intoArray(b, bt + j);
      moveX.fma(moveX, squaresX).intoArray(aSquares, at + j);
      moveY.fma(moveY, squaresY).intoArray(bSquares, bt + j);
    }
  }

  private static FloatVector load(float[] array, int at) {
    return FloatVector.fromArray(SPECIES, array, at);
  }
}
