package dev.myna.text.vectors;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Numbers words from 0 in the order they first appear, by their UTF-8 bytes: an open-addressed
 * table over one pool of bytes, about 20 bytes a word beside its letters.
 */
final class WordTable {
  /** FNV-1a over signed bytes, as fastText computes it; also the hash of its n-grams. */
  static final int HASH_START = 0x811C9DC5;

  private static final int HASH_PRIME = 16777619;

  private byte[] pool = new byte[1 << 12];
  private int[] starts = new int[1 << 8]; // of every word, and the end of the last
  private int[] hashes = new int[1 << 8];
  private int[] slots = new int[1 << 9]; // id + 1, 0 is free
  private int size;

  static int hash(int hash, byte b) {
    return (hash ^ b) * HASH_PRIME;
  }

  static int hash(byte[] bytes, int from, int to) {
    int hash = HASH_START;
    for (int i = from; i < to; i++) {
      hash = hash(hash, bytes[i]);
    }
    return hash;
  }

  int size() {
    return size;
  }

  /** The word's id, or -1. */
  int find(byte[] bytes, int from, int to, int hash) {
    int mask = slots.length - 1;
    for (int slot = spread(hash) & mask; ; slot = (slot + 1) & mask) {
      int id = slots[slot] - 1;
      if (id < 0 || (hashes[id] == hash && same(id, bytes, from, to))) {
        return id;
      }
    }
  }

  int find(String word) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    return find(bytes, 0, bytes.length, hash(bytes, 0, bytes.length));
  }

  /** Adds a word that is not in the table; the caller has looked. */
  int add(byte[] bytes, int from, int to, int hash) {
    int length = to - from;
    if ((long) starts[size] + length > Integer.MAX_VALUE - 16) {
      throw new VectorsException(
          "a vocabulary of at most 2 GB was wanted, and the distinct words are longer; split the"
              + " text into words first");
    }
    if (size + 2 > starts.length) {
      starts = Arrays.copyOf(starts, starts.length * 2);
      hashes = Arrays.copyOf(hashes, hashes.length * 2);
    }
    if (starts[size] + length > pool.length) {
      long wanted = Math.max((long) pool.length * 3 / 2, (long) starts[size] + length);
      pool = Arrays.copyOf(pool, (int) Math.min(wanted, Integer.MAX_VALUE - 16));
    }
    if (size * 2L >= slots.length) {
      grow();
    }
    System.arraycopy(bytes, from, pool, starts[size], length);
    hashes[size] = hash;
    starts[size + 1] = starts[size] + length;
    place(size);
    return size++;
  }

  int add(byte[] word) {
    return add(word, 0, word.length, hash(word, 0, word.length));
  }

  /** Adds another table's word. */
  int add(WordTable other, int id) {
    return add(other.pool, other.starts[id], other.starts[id + 1], other.hashes[id]);
  }

  String word(int id) {
    return new String(pool, starts[id], starts[id + 1] - starts[id], StandardCharsets.UTF_8);
  }

  byte[] bytes(int id) {
    return Arrays.copyOfRange(pool, starts[id], starts[id + 1]);
  }

  int hashOf(int id) {
    return hashes[id];
  }

  boolean startsWith(int id, byte[] prefix) {
    return starts[id + 1] - starts[id] >= prefix.length
        && Arrays.equals(pool, starts[id], starts[id] + prefix.length, prefix, 0, prefix.length);
  }

  private boolean same(int id, byte[] bytes, int from, int to) {
    return Arrays.equals(pool, starts[id], starts[id + 1], bytes, from, to);
  }

  private void grow() {
    slots = new int[slots.length * 2];
    for (int id = 0; id < size; id++) {
      place(id);
    }
  }

  private void place(int id) {
    int mask = slots.length - 1;
    int slot = spread(hashes[id]) & mask;
    while (slots[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = id + 1;
  }

  /** FNV's low bits alone are too regular for a table of a power of two. */
  private static int spread(int hash) {
    int h = hash * 0x9E3779B9;
    return h ^ (h >>> 15);
  }
}
