package dev.myna.text.split;

import dev.myna.text.normalize.AlignedText;
import dev.myna.text.normalize.Whitespace;
import java.util.List;

/** Cuts at white space, which is dropped. */
public record WhitespaceSplit() implements PreTokenizer {
  @Override
  public void split(AlignedText text, List<AlignedText> out) {
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      if (Whitespace.is(text.charAt(i))) {
        if (i > from) {
          out.add(text.slice(from, i));
        }
        from = i + 1;
      }
    }
    if (from < text.length()) {
      out.add(text.slice(from, text.length()));
    }
  }
}
