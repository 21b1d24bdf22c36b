package dev.myna.text.split;

import dev.myna.text.normalize.AlignedText;
import dev.myna.text.normalize.CodePointSets;
import java.lang.Character.UnicodeScript;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts where the script changes, as SentencePiece does; Japanese kana count as Han. Scripts are
 * those of the reference tokenizers' tables: characters newer than these belong to any script.
 */
public record ScriptSplit() implements PreTokenizer {
  private static final BitSet ANY = CodePointSets.of("script-any");

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
    if (c == ' ' || ANY.get(c)) {
      return null;
    }
    UnicodeScript script = UnicodeScript.of(c);
    return switch (c) {
      case 0x30FC -> UnicodeScript.HAN;
      case 0x589, 0x61C -> UnicodeScript.COMMON;
      case 0x953, 0x954 -> UnicodeScript.DEVANAGARI;
      default -> {
        boolean kana = script == UnicodeScript.HIRAGANA || script == UnicodeScript.KATAKANA;
        yield kana ? UnicodeScript.HAN : script;
      }
    };
  }
}
