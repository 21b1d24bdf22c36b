package dev.myna.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What dropout multiplies with on the processor: 0 for the elements it drops, for the others what
 * makes up for them. libtorch draws its masks one number at a time; here each number is a hash of
 * its place (lowbias32 of Wellons, 2018) under two keys of its chunk, in plain loops over whole
 * numbers, which the JVM's compiler turns into vectors. A hash decides on two elements, by 16 bits
 * each: a probability counts to a 65,536th.
 */
final class DropoutMask {
  /** Hashes of a chunk. */
  private static final int CHUNK = 4096;

  private final long key;
  private final int kept;
  private final int[] hashes = new int[CHUNK];
  private final int[] others = new int[CHUNK];

  private DropoutMask(long key, int kept) {
    this.key = key;
    this.kept = kept;
  }

  /**
   * A mask.
   *
   * @param probability of dropping an element
   * @param key which of all masks
   * @param dtype bfloat16, or one that float32 is turned into
   */
  static Tensor draw(double probability, long key, DType dtype, long... shape) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "a probability of dropping elements is from 0 to 1, found " + probability);
    }
    int kept = (int) Math.round((1 - probability) * 65536);
    if (kept == 0) {
      return Tensor.zeros(dtype, Device.CPU, shape);
    }
    DropoutMask mask = new DropoutMask(key, kept);
    int scale = Float.floatToRawIntBits(65536f / kept);
    if (dtype == DType.BFLOAT16) {
      Tensor out = Tensor.empty(dtype, Device.CPU, shape);
      mask.fillPairs((scale + (scale >>> 16 & 1) + 0x7fff) >>> 16, out.numel(), out.memory());
      return out;
    }
    Tensor out = Tensor.empty(DType.FLOAT32, Device.CPU, shape);
    mask.fill(scale, out.numel(), out.memory());
    return out.to(dtype);
  }

  /** Elements of two bytes, two to a number. */
  private void fillPairs(int scale, long size, MemorySegment out) {
    int high = scale << 16;
    for (long from = 0; from < size; from += 2 * CHUNK) {
      hash(from);
      for (int i = 0; i < CHUNK; i++) {
        int h = hashes[i];
        hashes[i] = ((h & 0xffff) - kept >> 31 & scale) | ((h >>> 16) - kept >> 31 & high);
      }
      int count = (int) Math.min(2 * CHUNK, size - from);
      MemorySegment.copy(hashes, 0, out, ValueLayout.JAVA_INT_UNALIGNED, 2 * from, count / 2);
      if (count % 2 == 1) {
        out.set(
            ValueLayout.JAVA_SHORT_UNALIGNED, 2 * (from + count - 1), (short) hashes[count / 2]);
      }
    }
  }

  /** Elements of four bytes; a chunk's second half has the upper bits. */
  private void fill(int scale, long size, MemorySegment out) {
    for (long from = 0; from < size; from += 2 * CHUNK) {
      hash(from);
      for (int i = 0; i < CHUNK; i++) {
        int h = hashes[i];
        hashes[i] = (h & 0xffff) - kept >> 31 & scale;
        others[i] = (h >>> 16) - kept >> 31 & scale;
      }
      int count = (int) Math.min(2 * CHUNK, size - from);
      int half = Math.min(count, CHUNK);
      MemorySegment.copy(hashes, 0, out, ValueLayout.JAVA_INT_UNALIGNED, 4 * from, half);
      MemorySegment.copy(
          others, 0, out, ValueLayout.JAVA_INT_UNALIGNED, 4 * (from + half), count - half);
    }
  }

  private void hash(long chunk) {
    long keys = mix(key + mix(chunk));
    int first = (int) keys;
    int second = (int) (keys >>> 32);
    for (int i = 0; i < CHUNK; i++) {
      int h = i * 0x9e3779b9 + first;
      h = (h ^ h >>> 16) * 0x7feb352d;
      h = (h ^ second ^ h >>> 15) * 0x846ca68b;
      hashes[i] = h ^ h >>> 16;
    }
  }

  /** SplitMix64's finalizer (Steele, Lea and Flood, 2014). */
  private static long mix(long x) {
    long z = x + 0x9e3779b97f4a7c15L;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
