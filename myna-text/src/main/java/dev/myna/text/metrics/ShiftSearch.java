package dev.myna.text.metrics;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds how few edits and block shifts make a reference of a hypothesis, greedily as Tercom does
 * (Snover et al., 2006) and within the limits that sacreBLEU sets.
 *
 * <p>Each round tries every block of the hypothesis that occurs elsewhere in the reference at every
 * place there, and keeps the shift that saves most edits. Time is quadratic in the length for each
 * block tried; memory is rows of a band around the diagonal.
 */
final class ShiftSearch {
  private static final int LONGEST_SHIFT = 10;
  private static final int FARTHEST_SHIFT = 50;
  private static final int CANDIDATES = 1000;

  private final int[] reference;
  private final int[] hypothesis;
  private final EditBand band;
  private int candidates;

  private ShiftSearch(int[] hypothesis, int[] reference) {
    this.hypothesis = hypothesis;
    this.reference = reference;
    this.band = new EditBand(reference, hypothesis.length);
  }

  /** Insertions, deletions, substitutions and shifts; words are equal where their numbers are. */
  static int edits(int[] hypothesis, int[] reference) {
    return reference.length == 0
        ? hypothesis.length
        : new ShiftSearch(hypothesis, reference).edits();
  }

  private int edits() {
    int[] words = hypothesis;
    int distance = band.align(words);
    int shifts = 0;
    while (true) {
      Shift best = bestShift(words, distance);
      if (candidates >= CANDIDATES || best == null || best.saved <= 0) {
        return shifts + distance;
      }
      shifts++;
      words = best.apply(words);
      distance = band.align(words);
    }
  }

  /**
   * Moves {@code length} words from {@code start} before the word at {@code target}.
   *
   * @param saved edits fewer than before
   */
  private record Shift(int saved, int length, int start, int target) {
    /** Most edits saved, then the longest block, the earliest start and the earliest target. */
    boolean betterThan(@Nullable Shift other) {
      if (other == null) {
        return true;
      }
      if (saved != other.saved) {
        return saved > other.saved;
      }
      if (length != other.length) {
        return length > other.length;
      }
      if (start != other.start) {
        return start < other.start;
      }
      return target < other.target;
    }

    int[] apply(int[] words) {
      int[] shifted = new int[words.length];
      write(words, shifted);
      return shifted;
    }

    void write(int[] words, int[] shifted) {
      System.arraycopy(words, 0, shifted, 0, words.length);
      if (target < start) {
        System.arraycopy(words, start, shifted, target, length);
        System.arraycopy(words, target, shifted, target + length, start - target);
      } else if (target > start + length) {
        System.arraycopy(words, start + length, shifted, start, target - start - length);
        System.arraycopy(words, start, shifted, target - length, length);
      } else {
        // within the block: as many words from behind it come before it, as far as there are any
        int before = Math.max(0, Math.min(words.length, length + target) - (start + length));
        System.arraycopy(words, start + length, shifted, start, before);
        System.arraycopy(words, start, shifted, start + before, length);
      }
    }
  }

  private @Nullable Shift bestShift(int[] words, int distance) {
    Alignment alignment = band.alignment(words);
    int[] shifted = new int[words.length];
    Shift best = null;
    for (int start = 0; start < words.length; start++) {
      int from = Math.max(0, start - FARTHEST_SHIFT);
      int to = Math.min(reference.length - 1, start + FARTHEST_SHIFT);
      for (int place = from; place <= to; place++) {
        for (int length = 1;
            length <= LONGEST_SHIFT
                && start + length <= words.length
                && place + length <= reference.length
                && words[start + length - 1] == reference[place + length - 1];
            length++) {
          if (alignment.mayShift(start, place, length)) {
            best = tryTargets(words, shifted, alignment, distance, start, place, length, best);
            if (candidates >= CANDIDATES) {
              return best;
            }
          }
        }
      }
    }
    return best;
  }

  private @Nullable Shift tryTargets(
      int[] words,
      int[] shifted,
      Alignment alignment,
      int distance,
      int start,
      int place,
      int length,
      @Nullable Shift best) {
    int previous = -1;
    for (int offset = -1; offset < length; offset++) {
      int at = place + offset;
      if (at >= reference.length) {
        break;
      }
      int target = at < 0 ? 0 : alignment.hypothesisOf(at) + 1;
      if (target == previous) {
        continue;
      }
      previous = target;
      Shift moved = new Shift(0, length, start, target);
      moved.write(words, shifted);
      int saved = distance - band.distance(shifted, Math.min(start, target));
      candidates++;
      Shift candidate = new Shift(saved, length, start, target);
      if (candidate.betterThan(best)) {
        best = candidate;
      }
    }
    return best;
  }

  /**
   * Which word of the hypothesis each word of the reference belongs to, and where they differ.
   *
   * @param hypothesis for each reference word the last hypothesis word at or before it, -1 for none
   * @param hypothesisErrors wrong words before each hypothesis position, running sum
   * @param referenceErrors the same for the reference
   */
  record Alignment(int[] hypothesis, int[] hypothesisErrors, int[] referenceErrors) {
    int hypothesisOf(int place) {
      return hypothesis[place];
    }

    /** Only a wrong block may go, only to a wrong place, and not into itself. */
    boolean mayShift(int start, int place, int length) {
      return hypothesisErrors[start + length] > hypothesisErrors[start]
          && referenceErrors[place + length] > referenceErrors[place]
          && !(start <= hypothesis[place] && hypothesis[place] < start + length);
    }

    @Override
    public String toString() {
      return Arrays.toString(hypothesis);
    }
  }
}
