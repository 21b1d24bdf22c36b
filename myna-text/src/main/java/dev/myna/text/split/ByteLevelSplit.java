package dev.myna.text.split;

import dev.myna.text.normalize.AlignedText;
import dev.myna.text.normalize.ByteLevelNormalizer;
import java.util.List;

/**
 * GPT-2's pre-tokenizer: words with the space before them, written in the byte alphabet.
 *
 * @param addPrefixSpace puts a space before a text that begins with none
 * @param trimOffsets kept for the post-processor of the same name; without effect here
 * @param useRegex cuts by GPT-2's pattern; else the text stays one piece
 */
public record ByteLevelSplit(boolean addPrefixSpace, boolean trimOffsets, boolean useRegex)
    implements PreTokenizer {
  private static final Scanner GPT2 = new Gpt2Scanner();

  @Override
  public void split(AlignedText text, List<AlignedText> out) {
    if (addPrefixSpace && text.length() > 0 && text.charAt(0) != ' ') {
      text.prepend(" ");
    }
    if (!useRegex) {
      ByteLevelNormalizer.toBytes(text);
      out.add(text);
      return;
    }
    for (int from = 0; from < text.length(); ) {
      int end = GPT2.next(text.array(), from, text.length());
      AlignedText piece = text.slice(from, end);
      ByteLevelNormalizer.toBytes(piece);
      out.add(piece);
      from = end;
    }
  }
}
