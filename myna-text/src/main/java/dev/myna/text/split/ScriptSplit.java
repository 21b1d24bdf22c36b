package dev.myna.text.split;

import dev.myna.text.normalize.AlignedText;
import java.lang.Character.UnicodeScript;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts where the script changes, as SentencePiece does; Japanese kana count as Han. */
public record ScriptSplit() implements PreTokenizer {
  @Override
  public void split(AlignedText text, List<AlignedText> out) {
    UnicodeScript last = null;
    int from = -1; // spaces before the first character of a script are dropped
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      UnicodeScript script = script(c);
      if (script != null) {
        if (script != last) {
          if (from >= 0) {
            out.add(text.slice(from, i));
          }
          from = i;
        }
        last = script;
      }
      i += Character.charCount(c);
    }
    if (from >= 0) {
      out.add(text.slice(from, text.length()));
    }
  }

  /** The script of a character, or null where it belongs to any, as a space does. */
  private static @Nullable UnicodeScript script(int c) {
    if (c == ' ') {
      return null;
    }
    if (c == 0x30FC) {
      return UnicodeScript.HAN;
    }
    UnicodeScript script = UnicodeScript.of(c);
    return switch (script) {
      case HIRAGANA, KATAKANA -> UnicodeScript.HAN;
      case INHERITED -> UnicodeScript.INHERITED;
      default -> script;
    };
  }
}
