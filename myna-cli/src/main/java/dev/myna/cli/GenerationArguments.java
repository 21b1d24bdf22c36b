package dev.myna.cli;

import dev.myna.generate.Option;
import dev.myna.generate.Options;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of generation on a command line, as texts that the library reads. */
final class GenerationArguments {
  @picocli.CommandLine.Mixin BeamArguments beams = new BeamArguments();

  @picocli.CommandLine.Option(
      names = "--max-length",
      paramLabel = "N",
      description = "Most tokens of prompt and continuation together.")
  @Nullable String maxLength;

  @picocli.CommandLine.Option(
      names = "--min-new-tokens",
      paramLabel = "N",
      description = "No end token before so many tokens.")
  @Nullable String minNewTokens;

  @picocli.CommandLine.Option(
      names = {"--do-sample", "--sample"},
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description = "Draw tokens at random instead of taking the likeliest.")
  @Nullable String doSample;

  @picocli.CommandLine.Option(
      names = "--temperature",
      paramLabel = "T",
      description = "With sampling: below 1 bolder, above 1 more even.")
  @Nullable String temperature;

  @picocli.CommandLine.Option(
      names = "--top-k",
      paramLabel = "K",
      description = "With sampling: draw from the k likeliest tokens.")
  @Nullable String topK;

  @picocli.CommandLine.Option(
      names = "--top-p",
      paramLabel = "P",
      description = "With sampling: draw from the likeliest tokens that hold probability p.")
  @Nullable String topP;

  @picocli.CommandLine.Option(
      names = "--min-p",
      paramLabel = "P",
      description = "With sampling: drop tokens less likely than p times the likeliest.")
  @Nullable String minP;

  @picocli.CommandLine.Option(
      names = "--typical-p",
      paramLabel = "P",
      description = "With sampling: draw from the most typical tokens that hold probability p.")
  @Nullable String typicalP;

  @picocli.CommandLine.Option(
      names = "--seed",
      paramLabel = "N",
      description = "Equal seeds give equal texts.")
  @Nullable String seed;

  @picocli.CommandLine.Option(
      names = "--repetition-penalty",
      paramLabel = "X",
      description = "Above 1 makes tokens of prompt and text less likely.")
  @Nullable String repetitionPenalty;

  @picocli.CommandLine.Option(
      names = "--presence-penalty",
      paramLabel = "X",
      description = "Taken off the logit of each token said.")
  @Nullable String presencePenalty;

  @picocli.CommandLine.Option(
      names = "--frequency-penalty",
      paramLabel = "X",
      description = "Taken off once for each time a token was said.")
  @Nullable String frequencyPenalty;

  @picocli.CommandLine.Option(
      names = "--no-repeat-ngram-size",
      paramLabel = "N",
      description = "No sequence of n tokens comes twice.")
  @Nullable String noRepeatNgramSize;

  @picocli.CommandLine.Option(
      names = "--stop",
      paramLabel = "TEXT",
      description = "The text ends before this; may be given several times.")
  List<String> stop = new ArrayList<>();

  @picocli.CommandLine.Option(
      names = "--context-shift",
      paramLabel = "N",
      description = {
        "Tokens forgotten at once when a text outgrows the model's context.",
        "With 1 the last tokens are always seen, at the price of a whole context for each new one."
      })
  @Nullable String contextShift;

  /** What was given, checked one by one. */
  Options options() {
    Options options = beams.options();
    options = BeamArguments.with(options, Option.MAX_LENGTH, maxLength);
    options = BeamArguments.with(options, Option.MIN_NEW_TOKENS, minNewTokens);
    options = BeamArguments.with(options, Option.DO_SAMPLE, doSample);
    options = BeamArguments.with(options, Option.TEMPERATURE, temperature);
    options = BeamArguments.with(options, Option.TOP_K, topK);
    options = BeamArguments.with(options, Option.TOP_P, topP);
    options = BeamArguments.with(options, Option.MIN_P, minP);
    options = BeamArguments.with(options, Option.TYPICAL_P, typicalP);
    options = BeamArguments.with(options, Option.SEED, seed);
    options = BeamArguments.with(options, Option.REPETITION_PENALTY, repetitionPenalty);
    options = BeamArguments.with(options, Option.PRESENCE_PENALTY, presencePenalty);
    options = BeamArguments.with(options, Option.FREQUENCY_PENALTY, frequencyPenalty);
    options = BeamArguments.with(options, Option.NO_REPEAT_NGRAM_SIZE, noRepeatNgramSize);
    options = BeamArguments.with(options, Option.STOP_STRINGS, stop.isEmpty() ? null : stop);
    return BeamArguments.with(options, Option.CONTEXT_SHIFT, contextShift);
  }
}
