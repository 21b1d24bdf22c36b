package dev.myna.cli;

import dev.myna.cli.Doctor.Finding;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Whether loops written with the Vector API become vector instructions here: the same dot product
 * with and without it, both warm. Uncompiled the vector loop is ten to a hundred times slower.
 */
final class VectorProbe {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int SIZE = 4096;
  private static final int ROUNDS = 2_000;
  private static final int REPEATS = 12;

  private VectorProbe() {}

  static Finding look() {
    boolean there = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    if (!there) {
      return Finding.broken(
          "vector_api",
          "the module jdk.incubator.vector is not loaded",
          "start Myna by its launcher, or add --add-modules jdk.incubator.vector");
    }
    double ratio = speedUp();
    String found = "%d bits, %.1f times a plain loop".formatted(SPECIES.vectorBitSize(), ratio);
    return ratio > 1.2
        ? Finding.good("vector_api", found)
        : Finding.slow(
            "vector_api", found, "use a JDK with the C2 compiler (HotSpot), without -Xint");
  }

  /** How many times the vector loop is faster than the plain one. */
  static double speedUp() {
    float[] a = new float[SIZE];
    float[] b = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      a[i] = (i % 7) - 3;
      b[i] = (i % 5) - 2;
    }
    double plain = Double.MAX_VALUE;
    double vector = Double.MAX_VALUE;
    float sum = 0;
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      long start = System.nanoTime();
      for (int round = 0; round < ROUNDS; round++) {
        sum += plainDot(a, b);
      }
      long middle = System.nanoTime();
      for (int round = 0; round < ROUNDS; round++) {
        sum += vectorDot(a, b);
      }
      long end = System.nanoTime();
      plain = Math.min(plain, middle - start);
      vector = Math.min(vector, end - middle);
      if (end - start > 1e9) {
        break; // interpreted: one look is enough
      }
    }
    if (Float.isNaN(sum)) {
      throw new IllegalStateException("small whole numbers have a sum");
    }
    return plain / vector;
  }

  private static float plainDot(float[] a, float[] b) {
    float sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static float vectorDot(float[] a, float[] b) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < a.length; i += SPECIES.length()) {
      sum = FloatVector.fromArray(SPECIES, a, i).fma(FloatVector.fromArray(SPECIES, b, i), sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }
}
