package dev.myna.text.decode;

import java.util.ArrayList;
import java.util.List;

/**
 * The output of connectionist temporal classification (Graves et al., 2006): tokens that repeat are
 * one, and padding goes.
 *
 * @param pad the token between
 * @param wordDelimiter what becomes a space
 * @param cleanup whether delimiters and the spaces before punctuation are treated
 */
public record CtcDecoder(String pad, String wordDelimiter, boolean cleanup) implements Decoder {
  @Override
  public List<String> decode(List<String> tokens) {
    List<String> out = new ArrayList<>(tokens.size());
    String last = null;
    for (String token : tokens) {
      if (!token.equals(last)) {
        String text = token.replace(pad, "");
        if (cleanup) {
          text = WordPieceDecoder.cleanUp(text).replace(wordDelimiter, " ");
        }
        if (!text.isEmpty()) {
          out.add(text);
        }
      }
      last = token;
    }
    return out;
  }
}
