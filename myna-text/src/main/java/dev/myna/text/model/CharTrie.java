package dev.myna.text.model;

import java.util.Arrays;

/** A trie over chars in two flat arrays: an open-addressing hash from node and char to node. */
final class CharTrie {
  private long[] keys = new long[1 << 12];
  private int[] targets = new int[1 << 12];
  private int edges;
  private int[] ids = new int[1 << 10];
  private int nodes = 1;

  CharTrie() {
    Arrays.fill(ids, -1);
  }

  void put(String token, int id) {
    int node = 0;
    for (int i = 0; i < token.length(); i++) {
      int next = step(node, token.charAt(i));
      node = next > 0 ? next : addNode(node, token.charAt(i));
    }
    ids[node] = id;
  }

  private int addNode(int node, char c) {
    if (nodes == ids.length) {
      ids = Arrays.copyOf(ids, nodes * 2);
      Arrays.fill(ids, nodes, ids.length, -1);
    }
    if (edges * 2 >= keys.length) {
      grow();
    }
    insert((long) node + 1 << 16 | c, nodes);
    edges++;
    return nodes++;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldTargets = targets;
    keys = new long[oldKeys.length * 2];
    targets = new int[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        insert(oldKeys[i], oldTargets[i]);
      }
    }
  }

  private void insert(long key, int target) {
    int slot = slot(key);
    while (keys[slot] != 0) {
      slot = slot + 1 & keys.length - 1;
    }
    keys[slot] = key;
    targets[slot] = target;
  }

  private int slot(long key) {
    long h = key * 0x9E3779B97F4A7C15L;
    return (int) (h >>> 36) & keys.length - 1;
  }

  /** The node after {@code node} (0 is the root) by a char, or -1. */
  int step(int node, char c) {
    long key = (long) node + 1 << 16 | c;
    int slot = slot(key);
    while (true) {
      long found = keys[slot];
      if (found == key) {
        return targets[slot];
      }
      if (found == 0) {
        return -1;
      }
      slot = slot + 1 & keys.length - 1;
    }
  }

  /** The id of the token that ends at a node, or -1. */
  int id(int node) {
    return ids[node];
  }
}
