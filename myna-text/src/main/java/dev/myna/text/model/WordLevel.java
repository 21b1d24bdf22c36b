package dev.myna.text.model;

import dev.myna.text.TokenizerException;

/**
 * Every piece is one token, or the unknown one.
 *
 * @param vocabulary the words
 * @param unknown the token of all other pieces
 */
public record WordLevel(Vocabulary vocabulary, String unknown) implements Model {
  @Override
  public Segmenter segmenter() {
    int unknownId = vocabulary.id(unknown);
    return (text, from, to, out) -> {
      int id = vocabulary.id(text, from, to);
      if (id < 0) {
        id = unknownId;
        if (id < 0) {
          throw new TokenizerException(
              "\"%s\" is not in the vocabulary, nor is the unknown token \"%s\""
                  .formatted(new String(text, from, Math.min(40, to - from)), unknown));
        }
      }
      out.add(id, 0, to - from);
    };
  }
}
