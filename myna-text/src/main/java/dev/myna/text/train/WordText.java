package dev.myna.text.train;

import dev.myna.text.TokenizerException;
import java.util.Arrays;

/**
 * Counted words as code points in one array, each word followed by {@link #END}.
 *
 * @param codePoints the words in a row
 * @param starts where each word begins; one entry more at the end, so that {@code starts[i + 1] -
 *     1} is the end of word i
 * @param counts how often each word was seen
 */
record WordText(int[] codePoints, int[] starts, long[] counts) {
  static final int END = -1;

  /** The words in the order of their text. */
  static WordText of(WordCounts words) {
    long length = 0;
    for (int i = 0; i < words.size(); i++) {
      length += words.word(i).length() + 1L;
    }
    if (length > Integer.MAX_VALUE - 16) {
      throw new TokenizerException(
          "the different words of the text must have fewer than 2^31 characters together, but have "
              + length
              + "; choose a pre-tokenizer that cuts words shorter, or a smaller text");
    }
    int[] codePoints = new int[(int) length];
    int[] starts = new int[words.size() + 1];
    long[] counts = new long[words.size()];
    int at = 0;
    int word = 0;
    for (int index : words.sorted()) {
      starts[word] = at;
      counts[word++] = words.count(index);
      String text = words.word(index);
      for (int i = 0; i < text.length(); ) {
        int c = text.codePointAt(i);
        codePoints[at++] = c;
        i += Character.charCount(c);
      }
      codePoints[at++] = END;
    }
    starts[word] = at;
    // Words were measured in chars; characters beyond the basic plane take two.
    return new WordText(Arrays.copyOf(codePoints, at), starts, counts);
  }

  int words() {
    return counts.length;
  }

  int start(int word) {
    return starts[word];
  }

  int end(int word) {
    return starts[word + 1] - 1;
  }

  /** Places of all characters; END's are not among them. */
  int characters() {
    return starts[words()] - words();
  }

  String text(int from, int length) {
    return new String(codePoints, from, length);
  }
}
