package dev.myna.task;

import java.util.List;

/**
 * Words of a sentence that a tagger reads at once. A word has several tokens, and one of them bears
 * its tag: the first. The others, and those that begin and end a text, bear none.
 *
 * @param ids of the tokens
 * @param words of each token, the number in its sentence of the word whose tag it bears, or {@link
 *     #NONE}
 */
public record WordWindow(int[] ids, int[] words) {
  /** The token bears no tag. */
  public static final int NONE = -1;

  public WordWindow {
    if (ids.length == 0 || ids.length != words.length) {
      throw new IllegalArgumentException(
          "a window has tokens, and says of each which word's tag it bears; found %d and %d"
              .formatted(ids.length, words.length));
    }
  }

  /** Of all windows, the tokens side by side. */
  static Padded padded(List<WordWindow> windows) {
    return new Padded(windows.stream().map(WordWindow::ids).toList());
  }
}
