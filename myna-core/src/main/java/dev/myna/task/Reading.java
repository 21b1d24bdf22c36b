package dev.myna.task;

import dev.myna.task.AnswerWindow.Target;
import dev.myna.text.Encoding;
import dev.myna.text.Tokenizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question and its passage as a model reads them.
 *
 * @param windows of the passage, in their order; at least one
 */
public record Reading(String passage, List<AnswerWindow> windows) {
  /**
   * How a passage is cut.
   *
   * @param length most tokens of a window, those of the question and of the tokenizer included
   * @param stride how many tokens of the passage a window shares with the one before
   */
  public record Cut(int length, int stride) {
    private static final int USUAL_STRIDE = 128;

    public Cut {
      if (stride < 0 || stride > length / 3) { // a question may take half of a window
        throw new TaskException(
            "windows of %d tokens may share at most a third of them, found %d (task.stride); lower it"
                .formatted(length, stride));
      }
    }

    /** Windows that share 128 tokens, or a quarter of them where that is less. */
    public static Cut of(int length) {
      return new Cut(length, Math.min(USUAL_STRIDE, length / 4));
    }

    /** That of Transformers' own program, for a model that reads so many tokens. */
    public static Cut usual(int context) {
      return context < 3 * USUAL_STRIDE ? of(context) : new Cut(3 * USUAL_STRIDE, USUAL_STRIDE);
    }
  }

  public Reading {
    windows = List.copyOf(windows);
  }

  /** Cuts a passage into windows. */
  public static Reading of(Tokenizer tokenizer, String question, String passage, Cut cut) {
    int[] places = places(passage);
    List<AnswerWindow> windows = new ArrayList<>();
    int before = 0;
    for (Encoding part : tokenizer.windows(question, passage, cut.length(), cut.stride())) {
      AnswerWindow window = AnswerWindow.of(part, before, places);
      windows.add(window);
      before += window.starts().length - cut.stride();
    }
    return new Reading(passage, windows);
  }

  /** Where each code point begins, in UTF-16 units, and the end; null where all are one unit. */
  private static int @Nullable [] places(String text) {
    int count = text.codePointCount(0, text.length());
    if (count == text.length()) {
      return null;
    }
    int[] places = new int[count + 1];
    int at = 0;
    for (int i = 0; i < count; i++) {
      places[i] = at;
      at += Character.charCount(text.codePointAt(at));
    }
    places[count] = at;
    return places;
  }

  /** No answer in any window. */
  public List<Target> noTargets() {
    return Collections.nCopies(windows.size(), Target.NONE);
  }

  /**
   * Where an answer lies in each window: from the first token that reaches into it to the last.
   *
   * @param from where the answer begins in the passage, in UTF-16 units
   * @param to where it ends
   */
  public List<Target> targets(int from, int to) {
    int first = Integer.MAX_VALUE; // token of the passage
    int last = -1;
    for (AnswerWindow window : windows) {
      for (int i = 0; i < window.starts().length; i++) {
        first = window.ends()[i] > from ? Math.min(first, window.before() + i) : first;
        last = window.starts()[i] < to ? Math.max(last, window.before() + i) : last;
      }
    }
    List<Target> targets = new ArrayList<>();
    for (AnswerWindow window : windows) {
      int behind = window.before() + window.starts().length;
      boolean inside = first <= last && first >= window.before() && last < behind;
      int shift = window.first() - window.before();
      targets.add(inside ? new Target(first + shift, last + shift) : Target.NONE);
    }
    return targets;
  }
}
