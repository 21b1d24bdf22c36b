package dev.myna.text.vectors;

import java.util.Arrays;

/**
 * The Huffman tree of a vocabulary, built with two queues as the word2vec and fastText programs
 * build it, so that their output matrices of hierarchical softmax fit.
 *
 * <p>Inner nodes are numbered by when they were made; the last is the root and has no row.
 */
final class HuffmanTree implements Targets {
  private final int leaves;
  private final int stride;
  private final boolean oneGoesLeft;
  private final int[] parent;
  private final boolean[] right;
  private final int[] child; // left and right of inner node i at 2i and 2i + 1
  private final int most;

  /**
   * @param counts by falling count
   * @param oneGoesLeft whether the answer 1 stands for the left branch (word2vec) or right
   *     (fastText)
   */
  HuffmanTree(long[] counts, int stride, boolean oneGoesLeft) {
    leaves = counts.length;
    this.stride = stride;
    this.oneGoesLeft = oneGoesLeft;
    parent = new int[Math.max(2 * leaves - 1, 1)];
    right = new boolean[parent.length];
    child = new int[2 * Math.max(leaves - 1, 0)];
    build(counts);
    int depth = 1;
    for (int leaf = 0; leaf < leaves; leaf++) {
      int length = 0;
      for (int node = leaf; node < parent.length - 1; node = parent[node]) {
        length++;
      }
      depth = Math.max(depth, length);
    }
    most = depth;
  }

  private void build(long[] counts) {
    long[] weight = Arrays.copyOf(counts, parent.length);
    int leaf = leaves - 1;
    int node = leaves;
    for (int made = leaves; made < parent.length; made++) {
      for (int side = 0; side < 2; side++) {
        boolean takeLeaf = leaf >= 0 && (node >= made || weight[leaf] < weight[node]);
        int taken = takeLeaf ? leaf-- : node++;
        weight[made] += weight[taken];
        parent[taken] = made;
        right[taken] = side == 1;
        child[2 * (made - leaves) + side] = taken;
      }
    }
  }

  @Override
  public int most() {
    return most;
  }

  @Override
  public int outputs() {
    return Math.max(leaves - 1, 1);
  }

  @Override
  public int fill(int word, Draws draws, int[] rows, float[] answers) {
    int count = 0;
    for (int node = word; node < parent.length - 1; node = parent[node]) {
      rows[count] = (parent[node] - leaves) * stride;
      answers[count++] = right[node] == oneGoesLeft ? 0 : 1;
    }
    return count;
  }

  int root() {
    return parent.length - 1;
  }

  boolean isLeaf(int node) {
    return node < leaves;
  }

  /** The output row that decides at an inner node. */
  int row(int node) {
    return node - leaves;
  }

  int left(int node) {
    return child[2 * (node - leaves)];
  }

  int right(int node) {
    return child[2 * (node - leaves) + 1];
  }
}
