package dev.myna.text.process;

import dev.myna.text.Encoding;
import java.util.ArrayList;
import java.util.List;

/** BERT's frame: {@code [CLS] A [SEP]} and {@code B [SEP]} of type 1. */
public record BertProcessor(SpecialToken separator, SpecialToken classifier)
    implements PostProcessor {
  @Override
  public int added(boolean pair) {
    return pair ? 3 : 2;
  }

  @Override
  public List<Encoding> process(List<Encoding> encodings, boolean specialTokens) {
    List<Encoding> numbered = Encoding.withSequences(encodings);
    return specialTokens ? frame(numbered) : numbered;
  }

  private List<Encoding> frame(List<Encoding> encodings) {
    List<Encoding> out = new ArrayList<>();
    for (Encoding encoding : encodings) {
      boolean first = out.isEmpty();
      Encoding end = Encoding.special(separator, first ? 0 : 1);
      out.add(
          first
              ? encoding.between(List.of(Encoding.special(classifier, 0)), List.of(end))
              : encoding.between(List.of(), List.of(end)));
    }
    return out;
  }
}
