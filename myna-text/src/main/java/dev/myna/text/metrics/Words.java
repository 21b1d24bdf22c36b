package dev.myna.text.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** White space as Unicode's database and the reference scorers see it, and words as numbers. */
final class Words {
  private Words() {}

  /**
   * Whether the scorers split at this character; it includes the information separators U+001C to
   * U+001F and the no-break spaces.
   */
  static boolean isSpace(int c) {
    if (c <= ' ') {
      return c == ' ' || (c >= 0x09 && c <= 0x0d) || (c >= 0x1c && c <= 0x1f);
    }
    if (c < 0x85) {
      return false;
    }
    return c == 0x85
        || c == 0xa0
        || c == 0x1680
        || (c >= 0x2000 && c <= 0x200a)
        || c == 0x2028
        || c == 0x2029
        || c == 0x202f
        || c == 0x205f
        || c == 0x3000;
  }

  /** The runs of characters that are not white space. */
  static List<String> split(CharSequence text) {
    List<String> words = new ArrayList<>();
    int length = text.length();
    int i = 0;
    while (true) {
      while (i < length && isSpace(text.charAt(i))) {
        i++;
      }
      if (i == length) {
        return words;
      }
      int start = i;
      while (i < length && !isSpace(text.charAt(i))) {
        i++;
      }
      words.add(text.subSequence(start, i).toString());
    }
  }

  static String stripEnd(String text) {
    int end = text.length();
    while (end > 0 && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  static String strip(String text) {
    int start = 0;
    while (start < text.length() && isSpace(text.charAt(start))) {
      start++;
    }
    return stripEnd(text.substring(start));
  }

  /** Numbers the words of the texts of one segment: equal words, equal numbers. */
  static final class Numbering {
    private final Map<String, Integer> numbers = new HashMap<>();

    int[] number(List<String> words) {
      int[] result = new int[words.size()];
      for (int i = 0; i < result.length; i++) {
        Integer known = numbers.putIfAbsent(words.get(i), numbers.size());
        result[i] = known == null ? numbers.size() - 1 : known;
      }
      return result;
    }
  }

  /** The code points that are not white space. */
  static int[] letters(String text) {
    int[] result = new int[text.length()];
    int count = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (!isSpace(c)) {
        result[count++] = c;
      }
      i += Character.charCount(c);
    }
    return Arrays.copyOf(result, count);
  }
}
