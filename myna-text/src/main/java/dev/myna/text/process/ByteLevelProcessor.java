package dev.myna.text.process;

import dev.myna.text.Encoding;
import dev.myna.text.normalize.ByteAlphabet;
import dev.myna.text.normalize.Whitespace;
import java.util.List;

/**
 * Leaves white space out of the offsets of byte-level tokens.
 *
 * @param addPrefixSpace the text was given a space at its start, which is not counted
 * @param trimOffsets whether anything is done at all
 * @param useRegex kept for the pre-tokenizer of the same name; without effect here
 */
public record ByteLevelProcessor(boolean addPrefixSpace, boolean trimOffsets, boolean useRegex)
    implements PostProcessor {
  private static final char SPACE = ByteAlphabet.charOf(' ');

  @Override
  public int added(boolean pair) {
    return 0;
  }

  @Override
  public List<Encoding> process(List<Encoding> encodings, boolean specialTokens) {
    List<Encoding> trimmed =
        trimOffsets ? encodings.stream().map(e -> trim(e, addPrefixSpace)).toList() : encodings;
    return Encoding.withSequences(trimmed);
  }

  /** The encoding with the white space at both ends of tokens left out of their offsets. */
  static Encoding trim(Encoding encoding, boolean addPrefixSpace) {
    return encoding.withOffsets(
        (index, token, range) -> {
          int leading = leading(token);
          int trailing = trailing(token);
          int start = range[0];
          int end = range[1];
          if (leading > 0) {
            // One space at the start is what was added; more of them were in the text.
            boolean ours = addPrefixSpace && leading == 1 && (index == 0 || start == 0);
            start = Math.min(start + (ours ? 0 : leading), end);
          }
          if (trailing > 0 && end >= trailing) {
            end = Math.max(end - trailing, start);
          }
          range[0] = start;
          range[1] = end;
        });
  }

  private static int leading(String token) {
    int i = 0;
    while (i < token.length() && isSpace(token.charAt(i))) {
      i++;
    }
    return i;
  }

  private static int trailing(String token) {
    int i = 0;
    while (i < token.length() && isSpace(token.charAt(token.length() - 1 - i))) {
      i++;
    }
    return i;
  }

  private static boolean isSpace(char c) {
    return c == SPACE || Whitespace.is(c);
  }
}
