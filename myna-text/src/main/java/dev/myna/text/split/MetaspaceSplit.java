package dev.myna.text.split;

import dev.myna.text.normalize.AlignedText;
import java.util.List;

/**
 * SentencePiece's treatment of spaces: each becomes a visible character, and words begin with it.
 *
 * @param replacement what spaces become, usually U+2581
 * @param prepend when a text that does not begin with it gets one
 * @param split whether the text is cut before each of them
 */
public record MetaspaceSplit(int replacement, Prepend prepend, boolean split)
    implements PreTokenizer {
  /** When a text gets a replacement character before it. */
  public enum Prepend {
    /** Every part of the text, such as that after a special token. */
    ALWAYS,
    /** Only what stands at the very beginning. */
    FIRST,
    NEVER
  }

  /** SentencePiece's own: U+2581 before every part, and cut. */
  public static final MetaspaceSplit DEFAULT = new MetaspaceSplit('▁', Prepend.ALWAYS, true);

  @Override
  public void split(AlignedText text, List<AlignedText> out) {
    mark(text);
    boolean wanted =
        switch (prepend) {
          case ALWAYS -> true;
          case FIRST -> text.originalStart() == 0;
          case NEVER -> false;
        };
    if (wanted && text.length() > 0 && text.codePointAt(0) != replacement) {
      text.prepend(Character.toString(replacement));
    }
    if (!split) {
      out.add(text);
      return;
    }
    int from = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (c == replacement && i > from) {
        out.add(text.slice(from, i));
        from = i;
      }
      i += Character.charCount(c);
    }
    if (from < text.length()) {
      out.add(text.slice(from, text.length()));
    }
  }

  private void mark(AlignedText text) {
    if (!Character.isBmpCodePoint(replacement)) {
      text.replaceAll(' ', replacement);
      return;
    }
    char[] chars = text.array();
    for (int i = 0; i < text.length(); i++) {
      if (chars[i] == ' ') {
        text.set(i, (char) replacement);
      }
    }
  }
}
