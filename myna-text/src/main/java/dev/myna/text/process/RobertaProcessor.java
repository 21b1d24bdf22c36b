package dev.myna.text.process;

import dev.myna.text.Encoding;
import java.util.ArrayList;
import java.util.List;

/**
 * RoBERTa's frame: {@code <s> A </s>} and {@code </s> B </s>}, all of type 0.
 *
 * @param separator the token after each text and before the second
 * @param classifier the token before the first
 * @param trimOffsets leaves white space out of the offsets
 * @param addPrefixSpace the text was given a space at its start, which is not counted
 */
public record RobertaProcessor(
    SpecialToken separator, SpecialToken classifier, boolean trimOffsets, boolean addPrefixSpace)
    implements PostProcessor {
  @Override
  public int added(boolean pair) {
    return pair ? 4 : 2;
  }

  @Override
  public List<Encoding> process(List<Encoding> encodings, boolean specialTokens) {
    List<Encoding> out = new ArrayList<>();
    for (Encoding encoding : Encoding.withSequences(encodings)) {
      Encoding text =
          (trimOffsets ? ByteLevelProcessor.trim(encoding, addPrefixSpace) : encoding)
              .withTypeId(0);
      if (specialTokens) {
        Encoding end = Encoding.special(separator, 0);
        Encoding begin = out.isEmpty() ? Encoding.special(classifier, 0) : end;
        text = text.between(List.of(begin), List.of(end));
      }
      out.add(text);
    }
    return out;
  }
}
