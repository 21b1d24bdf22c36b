package dev.myna.text.split;

import dev.myna.text.normalize.AlignedText;
import dev.myna.text.normalize.Whitespace;
import java.util.List;

/** Runs of word characters and runs of other characters, without the white space between. */
public record WordSplit() implements PreTokenizer {
  @Override
  public void split(AlignedText text, List<AlignedText> out) {
    int from = 0;
    int before = 0;
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      int kind = Whitespace.is(c) ? 0 : CharClass.isWord(c) ? 1 : 2;
      if (kind != before) {
        if (before != 0) {
          out.add(text.slice(from, i));
        }
        from = i;
        before = kind;
      }
      i += Character.charCount(c);
    }
    if (before != 0) {
      out.add(text.slice(from, i));
    }
  }
}
