package dev.myna.task;

import dev.myna.text.corpus.Shards;

/**
 * Shuffled blocks of packed tokens, without end.
 *
 * <p>An epoch cuts the tokens into blocks, from an offset of its own, and visits each block once.
 * Which one is number n follows from the seed and n alone, so that any can be had at any time.
 */
final class Blocks {
  private final Shards tokens;
  private final int stride;
  private final int length;
  private final long seed;
  private final boolean fixed;

  /**
   * @param stride from one block to the next
   * @param length of a block, the stride or more
   * @param seed of the order
   * @param fixed whether every epoch has the same blocks
   * @throws TaskException if there are not enough tokens for one block
   */
  Blocks(Shards tokens, int stride, int length, long seed, boolean fixed) {
    if (tokens.size() < length) {
      throw new TaskException(
          "training wants at least %,d tokens (a block), the text has %,d; add text or shorten the context"
              .formatted(length, tokens.size()));
    }
    this.tokens = tokens;
    this.stride = stride;
    this.length = length;
    this.seed = seed;
    this.fixed = fixed;
  }

  /** Blocks of an epoch: as many as fit behind any offset below the stride. */
  long perEpoch() {
    return Math.max(1, (tokens.size() - length + 1) / stride);
  }

  /** Place of the first token of block {@code number}, counted since the first epoch began. */
  long start(long number) {
    long perEpoch = perEpoch();
    long key = Permutation.mix(seed ^ Permutation.mix(number / perEpoch));
    long room = Math.min(stride, tokens.size() - (length - stride) - (perEpoch * stride) + 1);
    long offset = fixed ? 0 : Long.remainderUnsigned(Permutation.mix(key), Math.max(1, room));
    return offset + new Permutation(perEpoch, key).at(number % perEpoch) * stride;
  }

  /** The tokens of block {@code number}. */
  int[] block(long number) {
    int[] block = new int[length];
    tokens.read(start(number), block);
    return block;
  }
}
