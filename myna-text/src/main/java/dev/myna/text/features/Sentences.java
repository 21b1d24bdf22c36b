package dev.myna.text.features;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Splits a text into sentences by Unicode's rules (UAX 29), and does not split after common English
 * and Russian abbreviations nor after initials.
 */
public final class Sentences {
  private static final Set<String> ABBREVIATIONS =
      Set.of(
          "mr", "mrs", "ms", "dr", "prof", "st", "vs", "e.g", "i.e", "fig", "vol", "pp", "gen",
          "col", "capt", "lt", "sgt", "rev", "hon", "mt", "т.е", "т.к", "ул", "стр", "рис", "им",
          "проф", "акад", "см");

  private Sentences() {}

  /** The sentences of the text, without the white space around them, empty ones left out. */
  public static List<String> split(String text) {
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
    breaks.setText(text);
    List<String> sentences = new ArrayList<>();
    int start = 0;
    for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      String sentence = text.substring(start, end).strip();
      if (end < text.length()
          && endsOpen(sentence)
          && !text.substring(start, end).contains("\n\n")) {
        continue;
      }
      if (!sentence.isEmpty()) {
        sentences.add(sentence);
      }
      start = end;
    }
    return sentences;
  }

  private static boolean endsOpen(String sentence) {
    if (!sentence.endsWith(".")) {
      return false;
    }
    int space = -1;
    for (int i = sentence.length() - 1; i >= 0 && space < 0; i--) {
      if (Character.isWhitespace(sentence.charAt(i)) || sentence.charAt(i) == '(') {
        space = i;
      }
    }
    String last = sentence.substring(space + 1, sentence.length() - 1);
    boolean initial =
        last.codePointCount(0, last.length()) == 1
            && Character.isUpperCase(last.codePointAt(0))
            && !last.equals("I");
    return initial || ABBREVIATIONS.contains(last.toLowerCase(Locale.ROOT));
  }
}
