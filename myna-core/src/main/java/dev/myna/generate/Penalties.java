package dev.myna.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * What makes a token less welcome for having been said before.
 *
 * @param repetition for every token of prompt and continuation: positive logits are divided, others
 *     multiplied by it (Keskar et al., 2019); 1 for none
 * @param presence taken off the logit of each token of the continuation, once (as the OpenAI API
 *     defines it); 0 for none
 * @param frequency taken off as many times as the token stands in the continuation; 0 for none
 * @param noRepeatNgram no sequence of so many tokens comes twice in prompt and continuation; 0 for
 *     no such rule
 */
public record Penalties(float repetition, float presence, float frequency, int noRepeatNgram) {
  public static final Penalties NONE = new Penalties(1, 0, 0, 0);

  public Penalties {
    if (!(repetition > 0) || !Float.isFinite(repetition)) {
      throw new IllegalArgumentException(
          "repetition_penalty must be greater than 0 (1 for none): it is " + repetition);
    }
    checkOccurrence("presence_penalty", presence);
    checkOccurrence("frequency_penalty", frequency);
    if (noRepeatNgram < 0) {
      throw new IllegalArgumentException(
          "no_repeat_ngram_size must be at least 1, or 0 for no such rule: it is " + noRepeatNgram);
    }
  }

  private static void checkOccurrence(String name, float value) {
    if (!(value >= -2 && value <= 2)) {
      throw new IllegalArgumentException(
          "%s must be between -2 and 2 (0 for none): it is %s".formatted(name, value));
    }
  }

  /** Those that are not neutral, in the order in which they are applied. */
  List<LogitsProcessor> processors() {
    List<LogitsProcessor> all = new ArrayList<>();
    if (repetition != 1) {
      all.add(this::penaliseRepetition);
    }
    if (presence != 0 || frequency != 0) {
      all.add(this::penaliseOccurrence);
    }
    if (noRepeatNgram > 0) {
      all.add(this::banRepeatedNgrams);
    }
    return all;
  }

  private void penaliseRepetition(Tokens tokens, float[] scores) {
    BitSet seen = new BitSet(scores.length);
    for (int i = 0; i < tokens.length(); i++) {
      int token = tokens.at(i);
      if (token < scores.length && !seen.get(token)) {
        seen.set(token);
        scores[token] = scores[token] < 0 ? scores[token] * repetition : scores[token] / repetition;
      }
    }
  }

  private void penaliseOccurrence(Tokens tokens, float[] scores) {
    int[] said = tokens.continuation();
    Arrays.sort(said);
    for (int from = 0, to; from < said.length; from = to) {
      to = from;
      while (to < said.length && said[to] == said[from]) {
        to++;
      }
      scores[said[from]] -= presence + (to - from) * frequency;
    }
  }

  private void banRepeatedNgrams(Tokens tokens, float[] scores) {
    int before = noRepeatNgram - 1; // tokens of the n-gram that already stand at the end
    int end = tokens.length();
    for (int start = 0; start + before < end; start++) {
      int same = 0;
      while (same < before && tokens.at(start + same) == tokens.at(end - before + same)) {
        same++;
      }
      int banned = tokens.at(start + before);
      if (same == before && banned < scores.length) {
        scores[banned] = Float.NEGATIVE_INFINITY;
      }
    }
  }
}
