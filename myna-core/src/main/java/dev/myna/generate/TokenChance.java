package dev.myna.generate;

import java.util.ArrayList;
import java.util.List;

/**
 * How likely a token was to the model, before penalties, temperature and cuts.
 *
 * @param logProbability natural logarithm
 * @param alternatives the likeliest tokens of that place, the likeliest first; empty where none
 *     were asked for, and in alternatives themselves
 */
public record TokenChance(int token, float logProbability, List<TokenChance> alternatives) {
  public TokenChance {
    alternatives = List.copyOf(alternatives);
  }

  /**
   * @param logProbabilities of all tokens
   * @param count number of alternatives
   */
  static TokenChance of(int token, float[] logProbabilities, int count) {
    List<TokenChance> best = new ArrayList<>();
    if (count > 0) {
      for (int other : Logits.top(logProbabilities, count)) {
        best.add(new TokenChance(other, logProbabilities[other], List.of()));
      }
    }
    return new TokenChance(token, logProbabilities[token], best);
  }
}
