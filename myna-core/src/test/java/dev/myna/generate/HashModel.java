package dev.myna.generate;

import java.util.ArrayList;
import java.util.List;

/**
 * A language model whose logits are a hash of the last two tokens and the length, the same as the
 * one from which the references were made. It keeps its rows honestly, as a cache would.
 */
final class HashModel implements NextToken {
  private final int vocabulary;
  private final long seed;
  private final double scale;
  private final int context;
  private List<List<Integer>> rows = new ArrayList<>();
  int prefills;
  int steps;
  int mostRows;
  boolean closed;

  HashModel(int vocabulary, long seed, double scale, int context) {
    this.vocabulary = vocabulary;
    this.seed = seed;
    this.scale = scale;
    this.context = context;
  }

  HashModel(int vocabulary, long seed) {
    this(vocabulary, seed, 8, Integer.MAX_VALUE);
  }

  @Override
  public float[][] prefill(int[][] prompts) {
    prefills++;
    rows = new ArrayList<>();
    for (int[] prompt : prompts) {
      List<Integer> row = new ArrayList<>();
      for (int token : prompt) {
        row.add(token);
      }
      rows.add(row);
    }
    return logits();
  }

  @Override
  public float[][] step(int[] tokens) {
    steps++;
    if (tokens.length != rows.size()) {
      throw new IllegalStateException(tokens.length + " tokens for " + rows.size() + " rows");
    }
    for (int i = 0; i < tokens.length; i++) {
      rows.get(i).add(tokens[i]);
    }
    return logits();
  }

  @Override
  public void reorder(int[] parents) {
    List<List<Integer>> reordered = new ArrayList<>();
    for (int parent : parents) {
      reordered.add(new ArrayList<>(rows.get(parent)));
    }
    rows = reordered;
  }

  private float[][] logits() {
    mostRows = Math.max(mostRows, rows.size());
    float[][] all = new float[rows.size()][];
    for (int i = 0; i < all.length; i++) {
      List<Integer> row = rows.get(i);
      if (row.isEmpty() || row.size() > context) {
        throw new IllegalStateException("a row of " + row.size() + " in a context of " + context);
      }
      long before = row.size() > 1 ? row.get(row.size() - 2) : -1;
      all[i] = logits(seed, before, row.getLast(), row.size(), vocabulary, scale);
    }
    return all;
  }

  static float[] logits(
      long seed, long before, long last, long length, int vocabulary, double scale) {
    long hash = mix(mix(mix(mix(seed) ^ before) ^ last) ^ length);
    float[] logits = new float[vocabulary];
    for (int token = 0; token < vocabulary; token++) {
      logits[token] = (float) ((double) (mix(hash ^ token) >>> 40) / (1 << 24) * scale - scale / 2);
    }
    return logits;
  }

  /** SplitMix64. */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  @Override
  public int vocabulary() {
    return vocabulary;
  }

  @Override
  public int context() {
    return context;
  }

  @Override
  public void close() {
    closed = true;
  }
}
