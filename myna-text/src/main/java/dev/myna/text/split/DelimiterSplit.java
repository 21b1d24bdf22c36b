package dev.myna.text.split;

import dev.myna.text.normalize.AlignedText;
import java.util.List;

/** Cuts at one character, which is dropped. */
public record DelimiterSplit(int delimiter) implements PreTokenizer {
  @Override
  public void split(AlignedText text, List<AlignedText> out) {
    Ranges.ofCharacters(text, c -> c == delimiter).cut(text, Behavior.REMOVED, false, out);
  }
}
