package dev.myna.text.vectors;

import java.util.Arrays;

/** Weights of pairs of numbers from 0: an open-addressed table, 12 bytes a slot. */
final class PairCounts {
  private long[] keys = new long[1 << 10]; // key + 1; 0 is free
  private float[] weights = new float[1 << 10];
  private int size;

  void add(int first, int second, float weight) {
    if (size * 3L >= keys.length * 2L) {
      grow();
    }
    long key = ((long) first << 32 | second) + 1;
    int slot = slot(key);
    if (keys[slot] == 0) {
      keys[slot] = key;
      size++;
    }
    weights[slot] += weight;
  }

  int size() {
    return size;
  }

  interface Visitor {
    void visit(int first, int second, float weight);
  }

  void forEach(Visitor visitor) {
    for (int slot = 0; slot < keys.length; slot++) {
      if (keys[slot] != 0) {
        long key = keys[slot] - 1;
        visitor.visit((int) (key >>> 32), (int) key, weights[slot]);
      }
    }
  }

  void clear() {
    Arrays.fill(keys, 0);
    Arrays.fill(weights, 0);
    size = 0;
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    long mixed = key * 0x9E3779B97F4A7C15L;
    int slot = (int) (mixed >>> 32) & mask;
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    float[] oldWeights = weights;
    keys = new long[oldKeys.length * 2];
    weights = new float[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        weights[slot] = oldWeights[i];
      }
    }
  }
}
