package dev.myna.text.train;

import dev.myna.text.AddedToken;
import dev.myna.text.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes new tokens into a tokenizer that was learned before; all ids that it has stay as they are.
 */
public final class TokenizerExtension {
  private TokenizerExtension() {}

  /**
   * Adds tokens behind the vocabulary, in order. One that the vocabulary has already keeps its id;
   * it is only made special where that is asked for.
   *
   * @param special whether the tokens are left out by a decoding that skips special tokens
   */
  public static Tokenizer add(Tokenizer tokenizer, List<String> tokens, boolean special) {
    List<AddedToken> added = new ArrayList<>(tokenizer.addedTokens());
    int next = tokenizer.vocabularySize();
    for (String token : tokens) {
      if (token.isEmpty()) {
        throw new IllegalArgumentException("a token to be added must not be empty");
      }
      boolean before = added.stream().anyMatch(a -> a.content().equals(token));
      int known = tokenizer.id(token).orElse(-1);
      if (before || (known >= 0 && !special)) {
        continue;
      }
      int id = known >= 0 ? known : next++;
      added.add(special ? AddedToken.special(token, id) : AddedToken.plain(token, id));
    }
    return tokenizer.toBuilder().addedTokens(added).build();
  }
}
