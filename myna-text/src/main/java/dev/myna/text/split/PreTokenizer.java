package dev.myna.text.split;

import dev.myna.text.normalize.AlignedText;
import java.util.ArrayList;
import java.util.List;

/** Cuts a text into the pieces that a model sees one by one. Variants have no state. */
public sealed interface PreTokenizer
    permits BertSplit,
        ByteLevelSplit,
        DelimiterSplit,
        DigitsSplit,
        FixedLengthSplit,
        MetaspaceSplit,
        PatternSplit,
        PunctuationSplit,
        ScriptSplit,
        SplitSequence,
        WhitespaceSplit,
        WordSplit {

  /**
   * Cuts {@code text}, which it may change, and adds its pieces to {@code out}; empty ones may be
   * among them and are dropped by the caller.
   */
  void split(AlignedText text, List<AlignedText> out);

  /** The pieces of a text that stands alone, without empty ones. */
  default List<AlignedText> split(String text) {
    List<AlignedText> pieces = new ArrayList<>();
    split(new AlignedText(text), pieces);
    pieces.removeIf(piece -> piece.length() == 0);
    return pieces;
  }
}
