package dev.myna.text.vectors;

import java.util.Arrays;

/** A matrix of floats in one array; rows are padded with zeros to whole vector registers. */
final class Rows {
  final float[] data;
  final int count;
  final int width;

  /** Floats from the start of one row to the start of the next. */
  final int stride;

  Rows(int count, int width) {
    this(count, width, new float[length(count, width)]);
  }

  /** Over an array that has at least as many floats as the rows need. */
  Rows(int count, int width, float[] data) {
    this.count = count;
    this.width = width;
    this.data = data;
    stride = stride(width);
  }

  static int stride(int width) {
    return (width + Kernel.LANES - 1) / Kernel.LANES * Kernel.LANES;
  }

  private static int length(int count, int width) {
    long floats = (long) count * stride(width);
    if (floats > Integer.MAX_VALUE - 16) {
      throw new VectorsException(
          "a matrix of %,d rows of %,d floats was wanted; at most %,d rows of that width fit: raise the minimum count, or take fewer buckets or dimensions"
              .formatted(count, width, (Integer.MAX_VALUE - 16) / stride(width)));
    }
    return (int) floats;
  }

  /** Where a row starts in {@link #data}. */
  int at(int row) {
    return row * stride;
  }

  /** Fills every row with uniform numbers from {@code -range} to {@code range}. */
  Rows randomize(Draws draws, float range) {
    for (int row = 0; row < count; row++) {
      for (int j = 0, at = at(row); j < width; j++) {
        data[at + j] = (draws.unit() * 2 - 1) * range;
      }
    }
    return this;
  }

  float[] row(int row) {
    return Arrays.copyOfRange(data, at(row), at(row) + width);
  }

  /** A row of its own, padded, ready for {@link Kernel}. */
  static float[] padded(float[] vector) {
    return Arrays.copyOf(vector, stride(vector.length));
  }
}
