package dev.myna.generate;

import java.util.ArrayList;
import java.util.List;

/**
 * All that changes the scores of a token, in the order of Hugging Face's {@code generate}:
 * penalties, bans, temperature, cuts.
 */
final class Processors implements LogitsProcessor {
  private final List<LogitsProcessor> chain = new ArrayList<>();

  Processors(GenerationConfig config, Sampling sampling) {
    chain.addAll(sampling.penalties().processors());
    chain.addAll(Bans.processors(config, sampling));
    switch (sampling.strategy()) {
      case Strategy.Greedy _ -> {}
      case Strategy.Random random -> chain.addAll(Cuts.processors(random));
      case Strategy.Beam _ -> {
        if (config.renormalize()) {
          chain.add((_, scores) -> Logits.logSoftmax(scores));
        }
      }
    }
  }

  @Override
  public void process(Tokens tokens, float[] scores) {
    for (LogitsProcessor each : chain) {
      each.process(tokens, scores);
    }
  }
}
