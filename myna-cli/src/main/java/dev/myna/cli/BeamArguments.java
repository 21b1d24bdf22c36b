package dev.myna.cli;

import dev.myna.generate.Option;
import dev.myna.generate.Options;
import org.jspecify.annotations.Nullable;

/** The options of beam search and of the length, for whatever writes a text. */
final class BeamArguments {
  @picocli.CommandLine.Option(
      names = {"--max-new-tokens", "--tokens"},
      paramLabel = "N",
      description = "Most tokens to append.")
  @Nullable String maxNewTokens;

  @picocli.CommandLine.Option(
      names = {"--num-beams", "--beams"},
      paramLabel = "N",
      description = "Texts kept side by side in beam search.")
  @Nullable String numBeams;

  @picocli.CommandLine.Option(
      names = "--length-penalty",
      paramLabel = "X",
      description = "With beams: above 0 favours long texts, below 0 short ones.")
  @Nullable String lengthPenalty;

  @picocli.CommandLine.Option(
      names = "--early-stopping",
      paramLabel = "true|false|never",
      description = "With beams: when enough of them have ended.")
  @Nullable String earlyStopping;

  /** What was given, checked one by one. */
  Options options() {
    Options options = Options.NONE;
    options = with(options, Option.MAX_NEW_TOKENS, maxNewTokens);
    options = with(options, Option.NUM_BEAMS, numBeams);
    options = with(options, Option.LENGTH_PENALTY, lengthPenalty);
    return with(options, Option.EARLY_STOPPING, earlyStopping);
  }

  /** The same with one more option, where it was given. */
  static Options with(Options options, Option option, @Nullable Object value) {
    return value == null ? options : options.with(option, value);
  }
}
