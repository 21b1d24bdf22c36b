package dev.myna.text.similarity;

import java.util.Set;

/** Similarities of sets, in [0, 1]; two empty sets are alike: 1. */
public final class Sets {
  private Sets() {}

  /** What is in both, of what is in either. */
  public static <T> double jaccard(Set<T> a, Set<T> b) {
    long both = both(a, b);
    long either = a.size() + (long) b.size() - both;
    return either == 0 ? 1 : (double) both / either;
  }

  /** Twice what is in both, of the sizes of both. */
  public static <T> double dice(Set<T> a, Set<T> b) {
    long sizes = a.size() + (long) b.size();
    return sizes == 0 ? 1 : 2.0 * both(a, b) / sizes;
  }

  private static <T> long both(Set<T> a, Set<T> b) {
    Set<T> smaller = a.size() <= b.size() ? a : b;
    Set<T> larger = smaller == a ? b : a;
    return smaller.stream().filter(larger::contains).count();
  }
}
