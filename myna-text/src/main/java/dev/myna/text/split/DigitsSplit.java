package dev.myna.text.split;

import dev.myna.text.normalize.AlignedText;
import dev.myna.text.normalize.CharacterKinds;
import java.util.List;

/**
 * Parts numbers from the rest.
 *
 * @param individual every digit is a piece; else runs of them are
 */
public record DigitsSplit(boolean individual) implements PreTokenizer {
  @Override
  public void split(AlignedText text, List<AlignedText> out) {
    Behavior behavior = individual ? Behavior.ISOLATED : Behavior.CONTIGUOUS;
    Ranges.ofCharacters(text, CharacterKinds::isNumber).cut(text, behavior, false, out);
  }
}
