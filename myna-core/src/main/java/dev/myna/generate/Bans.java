package dev.myna.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Tokens that must not, or must, come at a place: what a model's generation config asks for. */
final class Bans {
  private Bans() {}

  /** Those that config and sampling ask for, in the order in which they are applied. */
  static List<LogitsProcessor> processors(GenerationConfig config, Sampling sampling) {
    List<LogitsProcessor> all = new ArrayList<>();
    List<Integer> ends = config.endTokens();
    if (!config.badWords().isEmpty()) {
      List<List<Integer>> words = new ArrayList<>(config.badWords());
      words.removeIf(word -> word.size() == 1 && ends.contains(word.getFirst()));
      all.add((tokens, scores) -> words.forEach(word -> banWord(word, tokens, scores)));
    }
    if (config.minLength() > 0 && !ends.isEmpty()) {
      all.add(
          (tokens, scores) -> {
            if (tokens.length() < config.minLength()) {
              ban(ends, scores);
            }
          });
    }
    if (sampling.minNewTokens() > 0 && !ends.isEmpty()) {
      all.add(
          (tokens, scores) -> {
            if (tokens.appended() < sampling.minNewTokens()) {
              ban(ends, scores);
            }
          });
    }
    Integer start = config.forcedStart();
    if (start != null) {
      all.add(
          (tokens, scores) -> {
            if (tokens.length() == 1) {
              force(List.of(start), scores);
            }
          });
    }
    if (!config.forcedEnd().isEmpty()) {
      all.add(
          (tokens, scores) -> {
            if (tokens.length() == tokens.limit() - 1) {
              force(config.forcedEnd(), scores);
            }
          });
    }
    if (!config.suppressed().isEmpty()) {
      all.add((tokens, scores) -> ban(config.suppressed(), scores));
    }
    if (!config.suppressedAtStart().isEmpty()) {
      all.add(
          (tokens, scores) -> {
            // A forced start token is not the first that the model chooses.
            int forced = tokens.promptLength() == 1 && start != null ? 1 : 0;
            if (tokens.appended() == forced) {
              ban(config.suppressedAtStart(), scores);
            }
          });
    }
    return all;
  }

  private static void ban(List<Integer> banned, float[] scores) {
    for (int token : banned) {
      if (token < scores.length) {
        scores[token] = Float.NEGATIVE_INFINITY;
      }
    }
  }

  private static void force(List<Integer> forced, float[] scores) {
    Arrays.fill(scores, Float.NEGATIVE_INFINITY);
    for (int token : forced) {
      if (token < scores.length) {
        scores[token] = 0;
      }
    }
  }

  /** Rules out the last token of a word whose other tokens have just been said. */
  private static void banWord(List<Integer> word, Tokens tokens, float[] scores) {
    int before = word.size() - 1;
    if (before > tokens.length() || word.getLast() >= scores.length) {
      return;
    }
    for (int i = 0; i < before; i++) {
      if (tokens.at(tokens.length() - before + i) != word.get(i)) {
        return;
      }
    }
    scores[word.getLast()] = Float.NEGATIVE_INFINITY;
  }
}
