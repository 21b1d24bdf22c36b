package dev.myna.text.normalize;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Decompositions of single characters and compositions of two, asked of the JDK once each. */
final class Decompositions {
  private static final BitSet KEPT_WHOLE = CodePointSets.of("kept-whole-canonically");
  private static final Map<Integer, int[]> CANONICAL = new ConcurrentHashMap<>();
  private static final Map<Integer, int[]> COMPATIBLE = new ConcurrentHashMap<>();
  private static final Map<Long, Integer> COMPOSED = new ConcurrentHashMap<>();

  /** Beyond this many, answers are no longer kept: only strange text comes so far. */
  private static final int MOST_KEPT = 1 << 16;

  private Decompositions() {}

  /** The full decomposition of a character, itself where there is none. */
  static int[] of(int c, Form form) {
    Map<Integer, int[]> known = form == Form.NFD ? CANONICAL : COMPATIBLE;
    int[] parts = known.get(c);
    if (parts == null) {
      parts = Normalizer.normalize(Character.toString(c), form).codePoints().toArray();
      if (known.size() < MOST_KEPT) {
        known.put(c, parts);
      }
    }
    return parts;
  }

  /** The character that two compose to, or -1. */
  static int compose(int first, int second) {
    if (second < 0x300 || first < 0x3C) {
      return -1;
    }
    long key = (long) first << 32 | second;
    Integer composed = COMPOSED.get(key);
    if (composed == null) {
      String both = Character.toString(first) + Character.toString(second);
      String joined = Normalizer.normalize(both, Form.NFC);
      boolean one = joined.codePointCount(0, joined.length()) == 1;
      int point = one ? joined.codePointAt(0) : -1;
      composed = one && !KEPT_WHOLE.get(point) ? point : -1;
      if (COMPOSED.size() < MOST_KEPT) {
        COMPOSED.put(key, composed);
      }
    }
    return composed;
  }
}
