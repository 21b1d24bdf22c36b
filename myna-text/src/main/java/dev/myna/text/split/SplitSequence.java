package dev.myna.text.split;

import dev.myna.text.normalize.AlignedText;
import java.util.ArrayList;
import java.util.List;

/** One pre-tokenizer after the other, each on every piece of the one before. */
public record SplitSequence(List<PreTokenizer> splits) implements PreTokenizer {
  public SplitSequence {
    splits = List.copyOf(splits);
  }

  public static SplitSequence of(PreTokenizer... splits) {
    return new SplitSequence(List.of(splits));
  }

  @Override
  public void split(AlignedText text, List<AlignedText> out) {
    List<AlignedText> pieces = List.of(text);
    for (PreTokenizer split : splits) {
      List<AlignedText> next = new ArrayList<>();
      for (AlignedText piece : pieces) {
        if (piece.length() > 0) {
          split.split(piece, next);
        }
      }
      pieces = next;
    }
    out.addAll(pieces);
  }
}
