package dev.myna.text.decode;

import dev.myna.text.normalize.ReplaceNormalizer;
import java.util.List;

/** Replaces a string or a regular expression within each token. */
public record ReplaceDecoder(ReplaceNormalizer replacement) implements Decoder {
  @Override
  public List<String> decode(List<String> tokens) {
    return tokens.stream().map(replacement::normalize).toList();
  }
}
