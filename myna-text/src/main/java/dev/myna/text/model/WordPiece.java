package dev.myna.text.model;

import dev.myna.text.TokenizerException;

/**
 * BERT's model (Devlin et al., 2019): the longest token that begins the piece, then the longest
 * that goes on, and so forth; a piece that cannot be spelled to its end is one unknown token.
 *
 * @param vocabulary the tokens; those within words begin with {@code prefix}
 * @param unknown the unknown token
 * @param prefix what tokens begin with that do not begin a word
 * @param longestWord pieces of more code points than this are unknown
 */
public record WordPiece(Vocabulary vocabulary, String unknown, String prefix, int longestWord)
    implements Model {

  /** BERT's own prefix and limit. */
  public static WordPiece of(Vocabulary vocabulary, String unknown) {
    return new WordPiece(vocabulary, unknown, "##", 100);
  }

  @Override
  public Segmenter segmenter() {
    return WordCache.before(new Matcher(this));
  }

  private static final class Matcher implements Segmenter {
    private final WordPiece model;
    private final int unknownId;
    private final int longestToken;

    Matcher(WordPiece model) {
      this.model = model;
      this.unknownId = model.vocabulary.id(model.unknown);
      this.longestToken = model.vocabulary.longest();
    }

    @Override
    public void segment(char[] text, int from, int to, Tokens out) {
      int first = out.size();
      if (Character.codePointCount(text, from, to - from) > model.longestWord
          || !match(text, from, to, out)) {
        out.truncate(first);
        if (unknownId < 0) {
          throw new TokenizerException(
              "the unknown token \"%s\" must be in the vocabulary".formatted(model.unknown));
        }
        out.add(unknownId, 0, to - from);
      }
    }

    private boolean match(char[] text, int from, int to, Tokens out) {
      int start = from;
      while (start < to) {
        String prefix = start == from ? "" : model.prefix;
        int end = Math.min(to, start + longestToken);
        int id = -1;
        for (; end > start; end--) {
          boolean inside = end < to && Character.isLowSurrogate(text[end]);
          if (!inside) {
            id = model.vocabulary.id(prefix, text, start, end);
            if (id >= 0) {
              break;
            }
          }
        }
        if (id < 0) {
          return false;
        }
        out.add(id, start - from, end - from);
        start = end;
      }
      return true;
    }
  }
}
