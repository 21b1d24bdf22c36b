package dev.myna.text.decode;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes a character off the ends of every token.
 *
 * @param content the character
 * @param start at most how many at the start
 * @param stop at most how many at the end
 */
public record StripDecoder(int content, int start, int stop) implements Decoder {
  @Override
  public List<String> decode(List<String> tokens) {
    List<String> out = new ArrayList<>(tokens.size());
    String mark = Character.toString(content);
    for (String token : tokens) {
      int from = 0;
      for (int i = 0; i < start && token.startsWith(mark, from); i++) {
        from += mark.length();
      }
      int to = token.length();
      for (int i = 0; i < stop && to > from && token.startsWith(mark, to - mark.length()); i++) {
        to -= mark.length();
      }
      out.add(token.substring(from, Math.max(from, to)));
    }
    return out;
  }
}
