package dev.myna.text.split;

import dev.myna.text.normalize.AlignedText;
import dev.myna.text.normalize.CharacterKinds;
import dev.myna.text.normalize.Whitespace;
import java.util.List;

/** BERT's pre-tokenizer: cuts at white space, which is dropped, and around each punctuation. */
public record BertSplit() implements PreTokenizer {
  @Override
  public void split(AlignedText text, List<AlignedText> out) {
    int from = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      boolean space = Whitespace.is(c);
      if (space || CharacterKinds.isPunctuation(c)) {
        if (i > from) {
          out.add(text.slice(from, i));
        }
        if (!space) {
          out.add(text.slice(i, next));
        }
        from = next;
      }
      i = next;
    }
    if (from < text.length()) {
      out.add(text.slice(from, text.length()));
    }
  }
}
