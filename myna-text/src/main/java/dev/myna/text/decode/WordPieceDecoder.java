package dev.myna.text.decode;

import java.util.ArrayList;
import java.util.List;

/**
 * Words with spaces between; tokens with the prefix go on with the word before.
 *
 * @param prefix what marks a token within a word
 * @param cleanup takes back the spaces before punctuation and English contractions
 */
public record WordPieceDecoder(String prefix, boolean cleanup) implements Decoder {
  @Override
  public List<String> decode(List<String> tokens) {
    List<String> out = new ArrayList<>(tokens.size());
    for (String token : tokens) {
      String text = token;
      if (!out.isEmpty()) {
        text = token.startsWith(prefix) ? token.substring(prefix.length()) : " " + token;
      }
      out.add(cleanup ? cleanUp(text) : text);
    }
    return out;
  }

  /** Takes back spaces that tokenization put before punctuation and English contractions. */
  public static String cleanUp(String text) {
    if (text.indexOf(' ') < 0) {
      return text;
    }
    return text.replace(" .", ".")
        .replace(" ?", "?")
        .replace(" !", "!")
        .replace(" ,", ",")
        .replace(" ' ", "'")
        .replace(" n't", "n't")
        .replace(" 'm", "'m")
        .replace(" do not", " don't")
        .replace(" 's", "'s")
        .replace(" 've", "'ve")
        .replace(" 're", "'re");
  }
}
