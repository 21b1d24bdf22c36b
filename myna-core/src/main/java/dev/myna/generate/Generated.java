package dev.myna.generate;

import java.util.Arrays;
import java.util.List;

/**
 * One text that a model wrote.
 *
 * @param prompt which prompt it continues, counted from 0
 * @param sequence which of the texts of that prompt, counted from 0; beams come best first
 * @param tokens what was appended to the prompt, an end token included
 * @param text the same as characters, without end token, cut before a stop string; empty where the
 *     generator has no detokenizer
 * @param score a beam's log-probability divided by its length to the power of the length penalty; 0
 *     for other strategies
 * @param chances of each token, empty where none were asked for
 */
public record Generated(
    int prompt,
    int sequence,
    int[] tokens,
    String text,
    FinishReason finish,
    float score,
    List<TokenChance> chances) {
  public Generated {
    tokens = tokens.clone();
    chances = List.copyOf(chances);
  }

  /** A copy. */
  @Override
  public int[] tokens() {
    return tokens.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Generated that
        && prompt == that.prompt
        && sequence == that.sequence
        && Arrays.equals(tokens, that.tokens)
        && text.equals(that.text)
        && finish == that.finish
        && score == that.score
        && chances.equals(that.chances);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(tokens) + 7 * prompt + sequence;
  }

  @Override
  public String toString() {
    return "Generated[prompt=%d, sequence=%d, tokens=%s, text=%s, finish=%s, score=%s]"
        .formatted(prompt, sequence, Arrays.toString(tokens), text, finish, score);
  }
}
