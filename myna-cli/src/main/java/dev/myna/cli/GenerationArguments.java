package dev.myna.cli;

import dev.myna.generate.Option;
import dev.myna.generate.Options;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of generation on a command line, as texts that the library reads. */
final class GenerationArguments {
  @picocli.CommandLine.Option(
      names = {"--max-new-tokens", "--tokens"},
      paramLabel = "N",
      description = "Most tokens to append.")
  @Nullable String maxNewTokens;

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

  @picocli.CommandLine.Option(
      names = {"--num-return-sequences", "--texts"},
      paramLabel = "N",
      description = "Texts for each prompt.")
  @Nullable String numReturnSequences;

  @picocli.CommandLine.Option(
      names = "--stop",
      paramLabel = "TEXT",
      description = "The text ends before this; may be given several times.")
  List<String> stop = new ArrayList<>();

  @picocli.CommandLine.Option(
      names = "--logprobs",
      paramLabel = "N",
      description = "Report log-probabilities, and those of the n likeliest tokens (with --json).")
  @Nullable String logprobs;

  /** What was given, checked one by one. */
  Options options() {
    Options options = Options.NONE;
    options = with(options, Option.MAX_NEW_TOKENS, maxNewTokens);
    options = with(options, Option.MAX_LENGTH, maxLength);
    options = with(options, Option.MIN_NEW_TOKENS, minNewTokens);
    options = with(options, Option.DO_SAMPLE, doSample);
    options = with(options, Option.TEMPERATURE, temperature);
    options = with(options, Option.TOP_K, topK);
    options = with(options, Option.TOP_P, topP);
    options = with(options, Option.MIN_P, minP);
    options = with(options, Option.TYPICAL_P, typicalP);
    options = with(options, Option.SEED, seed);
    options = with(options, Option.REPETITION_PENALTY, repetitionPenalty);
    options = with(options, Option.PRESENCE_PENALTY, presencePenalty);
    options = with(options, Option.FREQUENCY_PENALTY, frequencyPenalty);
    options = with(options, Option.NO_REPEAT_NGRAM_SIZE, noRepeatNgramSize);
    options = with(options, Option.NUM_BEAMS, numBeams);
    options = with(options, Option.LENGTH_PENALTY, lengthPenalty);
    options = with(options, Option.EARLY_STOPPING, earlyStopping);
    options = with(options, Option.NUM_RETURN_SEQUENCES, numReturnSequences);
    options = with(options, Option.STOP_STRINGS, stop.isEmpty() ? null : stop);
    return with(options, Option.LOGPROBS, logprobs);
  }

  private static Options with(Options options, Option option, @Nullable Object value) {
    return value == null ? options : options.with(option, value);
  }
}
