package dev.myna.task;

import dev.myna.text.Encoding;
import dev.myna.text.OffsetUnit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a model reads at a time of a question and its passage: the question, and as much of the
 * passage as there is room for, with what the tokenizer puts around them.
 *
 * @param ids of its T tokens
 * @param kinds of text that they belong to, T
 * @param first place of the first token of the passage
 * @param before how many tokens of the passage stand before those of this window
 * @param starts where each token of the passage in this window starts, in UTF-16 units of the
 *     passage
 * @param ends where each ends
 */
public record AnswerWindow(
    int[] ids, byte[] kinds, int first, int before, int[] starts, int[] ends) {
  /**
   * Where an answer begins and ends in a window: places of tokens, the last one included.
   *
   * @param start 0 where the window does not hold the answer
   * @param end 0 likewise
   */
  public record Target(int start, int end) {
    /** The first token stands for what is not there. */
    public static final Target NONE = new Target(0, 0);
  }

  /**
   * A window of an encoding.
   *
   * @param places of code points in UTF-16 units; null where all are one unit
   */
  static AnswerWindow of(Encoding part, int before, int @Nullable [] places) {
    int[] sequences = part.sequenceIds();
    int first = 0;
    while (first < sequences.length && sequences[first] != 1) {
      first++;
    }
    int last = first;
    while (last < sequences.length && sequences[last] == 1) {
      last++;
    }
    int[] types = part.typeIds();
    byte[] kinds = new byte[types.length];
    for (int i = 0; i < types.length; i++) {
      kinds[i] = (byte) types[i];
    }
    return new AnswerWindow(
        part.ids(),
        kinds,
        first,
        before,
        places(part.starts(OffsetUnit.CODE_POINT), first, last, places),
        places(part.ends(OffsetUnit.CODE_POINT), first, last, places));
  }

  /** The offsets of some tokens, in UTF-16 units. */
  private static int[] places(int[] offsets, int from, int to, int @Nullable [] places) {
    int[] some = Arrays.copyOfRange(offsets, from, to);
    for (int i = 0; places != null && i < some.length; i++) {
      some[i] = places[some[i]];
    }
    return some;
  }
}
