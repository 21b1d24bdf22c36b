package dev.myna.text.split;

import dev.myna.text.normalize.AlignedText;
import java.util.List;

/** Pieces of a fixed number of characters; the last may be shorter. */
public record FixedLengthSplit(int length) implements PreTokenizer {
  public FixedLengthSplit {
    if (length < 0) {
      throw new IllegalArgumentException("length must not be negative, found " + length);
    }
  }

  @Override
  public void split(AlignedText text, List<AlignedText> out) {
    if (length == 0) {
      out.add(text);
      return;
    }
    int from = 0;
    int count = 0;
    for (int i = 0; i < text.length(); ) {
      i += Character.charCount(text.codePointAt(i));
      if (++count == length) {
        out.add(text.slice(from, i));
        from = i;
        count = 0;
      }
    }
    if (from < text.length()) {
      out.add(text.slice(from, text.length()));
    }
  }
}
