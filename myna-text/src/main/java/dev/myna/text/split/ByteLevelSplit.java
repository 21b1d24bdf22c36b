package dev.myna.text.split;

import dev.myna.text.normalize.AlignedText;
import dev.myna.text.normalize.ByteLevelNormalizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
  private static final Scanner WHOLE = (text, from, to) -> to;

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

  /**
   * What a pre-tokenizer that writes in the byte alphabet does before that.
   *
   * @param scanner how it cuts
   * @param prefixSpace whether it puts a space before a text that begins with none
   */
  public record Direct(Scanner scanner, boolean prefixSpace) {}

  /** How {@code split} cuts plain text, where it ends in the byte alphabet; else null. */
  public static @Nullable Direct direct(PreTokenizer split) {
    if (split instanceof ByteLevelSplit s) {
      return new Direct(s.useRegex ? GPT2 : WHOLE, s.addPrefixSpace);
    }
    if (split instanceof SplitSequence s
        && s.splits().size() == 2
        && s.splits().get(0) instanceof PatternSplit pattern
        && s.splits().get(1) instanceof ByteLevelSplit bytes
        && !bytes.useRegex
        && !bytes.addPrefixSpace) {
      Scanner scanner = pattern.scanner();
      return scanner == null ? null : new Direct(scanner, false);
    }
    return null;
  }
}
