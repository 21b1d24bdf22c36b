package dev.myna.text.split;

import dev.myna.text.normalize.AlignedText;
import dev.myna.text.normalize.CharacterKinds;
import java.util.List;

/** Cuts at every punctuation character. */
public record PunctuationSplit(Behavior behavior) implements PreTokenizer {
  @Override
  public void split(AlignedText text, List<AlignedText> out) {
    Ranges.ofCharacters(text, CharacterKinds::isPunctuation).cut(text, behavior, false, out);
  }
}
