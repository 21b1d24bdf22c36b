package dev.myna.text.decode;

import java.util.ArrayList;
import java.util.List;

/**
 * Visible spaces become spaces again; those of the first token go where one was put before it.
 *
 * @param replacement the character that stands for a space
 * @param dropFirst whether the first token loses its own
 * @param split kept for the pre-tokenizer of the same name; without effect here
 * @param always kept likewise: whether every part of a text got one, not only the first
 */
public record MetaspaceDecoder(int replacement, boolean dropFirst, boolean split, boolean always)
    implements Decoder {
  /** SentencePiece's own. */
  public static final MetaspaceDecoder DEFAULT = new MetaspaceDecoder('▁', true, true, true);

  @Override
  public List<String> decode(List<String> tokens) {
    String mark = Character.toString(replacement);
    List<String> out = new ArrayList<>(tokens.size());
    for (String token : tokens) {
      out.add(token.replace(mark, out.isEmpty() && dropFirst ? "" : " "));
    }
    return out;
  }
}
