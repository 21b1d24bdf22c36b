package dev.myna.text.decode;

import java.util.ArrayList;
import java.util.List;

/**
 * Ends of words become spaces, save the last.
 *
 * @param suffix what marks a token at the end of a word
 */
public record BpeDecoder(String suffix) implements Decoder {
  @Override
  public List<String> decode(List<String> tokens) {
    List<String> out = new ArrayList<>(tokens.size());
    for (String token : tokens) {
      out.add(token.replace(suffix, out.size() == tokens.size() - 1 ? "" : " "));
    }
    return out;
  }
}
