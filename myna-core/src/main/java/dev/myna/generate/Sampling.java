package dev.myna.generate;

import java.util.List;

/**
 * How to go on from a prompt: how tokens are chosen, what is penalised, and when to end.
 *
 * <p>Complete and checked: a {@code Sampling} that exists can be run. {@link Options} are the loose
 * form that a command line or an HTTP request has.
 *
 * @param maxNewTokens most tokens to append, at least 1
 * @param maxLength most tokens of prompt and continuation together
 * @param minNewTokens no end token before so many tokens
 * @param sequences texts for each prompt: independent samples, or the best beams
 * @param stopStrings the text ends before the first of these; empty for none
 * @param logProbabilities -1 for none, 0 for that of each chosen token, n for the n likeliest too
 * @param contextShift tokens that a text forgets at once when it outgrows the model's context, at
 *     least 1; see {@link Windowed}
 */
public record Sampling(
    Strategy strategy,
    int maxNewTokens,
    int maxLength,
    int minNewTokens,
    int sequences,
    Penalties penalties,
    List<String> stopStrings,
    int logProbabilities,
    int contextShift) {

  static final int NO_LOG_PROBABILITIES = -1;

  public Sampling {
    stopStrings = List.copyOf(stopStrings);
    if (maxNewTokens < 1) {
      throw new IllegalArgumentException(
          "max_new_tokens must be at least 1: it is " + maxNewTokens);
    }
    if (maxLength < 1) {
      throw new IllegalArgumentException("max_length must be at least 1: it is " + maxLength);
    }
    if (minNewTokens < 0 || minNewTokens > maxNewTokens) {
      throw new IllegalArgumentException(
          "min_new_tokens must be between 0 and max_new_tokens, which is %d: it is %d"
              .formatted(maxNewTokens, minNewTokens));
    }
    if (stopStrings.contains("")) {
      throw new IllegalArgumentException("a stop string must not be empty: leave it out");
    }
    if (logProbabilities != NO_LOG_PROBABILITIES) {
      var unused = counted(logProbabilities);
    }
    if (contextShift < 1) {
      throw new IllegalArgumentException(
          "context_shift must be at least 1, the number of tokens to forget at once: it is "
              + contextShift);
    }
    checkSequences(strategy, sequences);
    if (strategy instanceof Strategy.Beam && !stopStrings.isEmpty()) {
      throw new IllegalArgumentException(
          "stop strings do not go with beam search: leave them out, or set num_beams to 1");
    }
  }

  /** A number of likeliest tokens, checked. */
  static int counted(int logProbabilities) {
    if (logProbabilities < 0) {
      throw new IllegalArgumentException(
          "logprobs must be the number of likeliest tokens to report, 0 for the chosen one alone:"
              + " it is "
              + logProbabilities);
    }
    return logProbabilities;
  }

  private static void checkSequences(Strategy strategy, int sequences) {
    int most =
        switch (strategy) {
          case Strategy.Greedy _ -> 1;
          case Strategy.Random _ -> Integer.MAX_VALUE;
          case Strategy.Beam beam -> beam.count();
        };
    if (sequences < 1 || sequences > most) {
      throw new IllegalArgumentException(
          "num_return_sequences must be %s: it is %d"
              .formatted(
                  switch (strategy) {
                    case Strategy.Greedy _ ->
                        "1, as a greedy text has no other (sample, or use beams)";
                    case Strategy.Random _ -> "at least 1";
                    case Strategy.Beam beam -> "between 1 and num_beams, which is " + beam.count();
                  },
                  sequences));
    }
  }

  private Sampling(Strategy strategy, int maxNewTokens) {
    this(
        strategy,
        maxNewTokens,
        Integer.MAX_VALUE,
        0,
        1,
        Penalties.NONE,
        List.of(),
        NO_LOG_PROBABILITIES,
        1);
  }

  /** The likeliest token at every place. */
  public static Sampling greedy(int maxNewTokens) {
    return new Sampling(new Strategy.Greedy(), maxNewTokens);
  }

  /** Tokens drawn at random; see {@link Strategy.Random} for temperature and cuts. */
  public static Sampling random(int maxNewTokens, Strategy.Random strategy) {
    return new Sampling(strategy, maxNewTokens);
  }

  /** The best of several texts kept side by side. */
  public static Sampling beams(int maxNewTokens, Strategy.Beam strategy) {
    return new Sampling(strategy, maxNewTokens);
  }

  public Sampling withMinNewTokens(int value) {
    return new Sampling(
        strategy,
        maxNewTokens,
        maxLength,
        value,
        sequences,
        penalties,
        stopStrings,
        logProbabilities,
        contextShift);
  }

  public Sampling withMaxLength(int value) {
    return new Sampling(
        strategy,
        maxNewTokens,
        value,
        minNewTokens,
        sequences,
        penalties,
        stopStrings,
        logProbabilities,
        contextShift);
  }

  public Sampling withSequences(int value) {
    return new Sampling(
        strategy,
        maxNewTokens,
        maxLength,
        minNewTokens,
        value,
        penalties,
        stopStrings,
        logProbabilities,
        contextShift);
  }

  public Sampling withPenalties(Penalties value) {
    return new Sampling(
        strategy,
        maxNewTokens,
        maxLength,
        minNewTokens,
        sequences,
        value,
        stopStrings,
        logProbabilities,
        contextShift);
  }

  public Sampling withStopStrings(List<String> value) {
    return new Sampling(
        strategy,
        maxNewTokens,
        maxLength,
        minNewTokens,
        sequences,
        penalties,
        value,
        logProbabilities,
        contextShift);
  }

  public Sampling withLogProbabilities(int value) {
    return new Sampling(
        strategy,
        maxNewTokens,
        maxLength,
        minNewTokens,
        sequences,
        penalties,
        stopStrings,
        value,
        contextShift);
  }

  public Sampling withContextShift(int value) {
    return new Sampling(
        strategy,
        maxNewTokens,
        maxLength,
        minNewTokens,
        sequences,
        penalties,
        stopStrings,
        logProbabilities,
        value);
  }
}
