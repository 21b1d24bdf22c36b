package dev.myna.cli;

import dev.myna.generate.Generated;
import dev.myna.generate.Generation;
import dev.myna.generate.Generator;
import dev.myna.generate.Listener;
import dev.myna.generate.Options;
import dev.myna.generate.Sampling;
import dev.myna.generate.Strategy;
import dev.myna.generate.TokenChance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a model go on from prompts. */
@Command(
    name = "generate",
    footer = "  myna generate runs/demo --prompt \"ROMEO:\" --do-sample --seed 1")
final class Generate extends Work {
  @Parameters(
      paramLabel = "MODEL",
      description =
          "A Hugging Face folder, or the folder of a run, of which the best model is taken.")
  Path model = Path.of("");

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      description = "Text to go on from; may be given several times.")
  List<String> prompts = new ArrayList<>();

  @Option(
      names = "--prompt-file",
      paramLabel = "FILE",
      description = "A file whose whole text is a prompt; may be given several times.")
  List<Path> files = new ArrayList<>();

  @Option(
      names = {"--num-return-sequences", "--texts"},
      paramLabel = "N",
      description = "Texts for each prompt.")
  @Nullable String sequences;

  @Option(
      names = "--logprobs",
      paramLabel = "N",
      description = "Report log-probabilities, and those of the n likeliest tokens (with --json).")
  @Nullable String logprobs;

  @Mixin DeviceOption where = new DeviceOption();

  @Mixin GenerationArguments arguments = new GenerationArguments();

  @Override
  int run(Output out, Figures figures) throws IOException {
    Options options = arguments.options();
    options = BeamArguments.with(options, dev.myna.generate.Option.NUM_RETURN_SEQUENCES, sequences);
    options = BeamArguments.with(options, dev.myna.generate.Option.LOGPROBS, logprobs);
    List<String> texts = prompts();
    LoadedModel loaded = LoadedModel.load(model, where.device());
    Sampling sampling = options.resolve(loaded.config());
    List<int[]> ids = texts.stream().map(loaded::ids).toList();
    boolean streams =
        ids.size() == 1
            && sampling.sequences() == 1
            && !(sampling.strategy() instanceof Strategy.Beam);
    StringBuilder before = new StringBuilder(texts.getFirst());
    Listener listener =
        piece -> {
          if (streams) {
            out.print(before + piece.text());
            before.setLength(0);
          }
          return !Interrupts.requested();
        };
    try (Generator generator = loaded.generator()) {
      var progress = streams ? dev.myna.Progress.NONE : out.progress();
      Generation generation = generator.generate(ids, sampling, listener, progress);
      if (streams) {
        out.line(before.toString());
      } else {
        generation.texts().forEach(text -> print(out, texts, text, sampling));
      }
      report(figures, generation, texts);
    }
    return Myna.DONE;
  }

  private List<String> prompts() throws IOException {
    List<String> texts = new ArrayList<>(prompts);
    for (Path file : files) {
      texts.add(TextLines.whole(file));
    }
    if (texts.isEmpty()) {
      texts.add("");
    }
    return texts;
  }

  private static void print(Output out, List<String> texts, Generated text, Sampling sampling) {
    String score = sampling.strategy() instanceof Strategy.Beam ? "  score " + text.score() : "";
    out.line("--- prompt %d, text %d%s", text.prompt() + 1, text.sequence() + 1, score);
    out.line(texts.get(text.prompt()) + text.text());
  }

  private static Map<String, Object> chance(TokenChance chance) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("token", chance.token());
    map.put("log_probability", chance.logProbability());
    if (!chance.alternatives().isEmpty()) {
      map.put("alternatives", chance.alternatives().stream().map(Generate::chance).toList());
    }
    return map;
  }

  private static void report(Figures figures, Generation generation, List<String> prompts) {
    List<Map<String, Object>> texts = new ArrayList<>();
    for (Generated text : generation.texts()) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("prompt", prompts.get(text.prompt()));
      map.put("text", text.text());
      map.put("tokens", Arrays.stream(text.tokens()).boxed().toList());
      map.put("finish_reason", text.finish().wireName());
      if (generation.sampling().strategy() instanceof Strategy.Beam) {
        map.put("score", text.score());
      }
      if (!text.chances().isEmpty()) {
        map.put("logprobs", text.chances().stream().map(Generate::chance).toList());
      }
      texts.add(map);
    }
    figures.put("texts", texts);
    if (generation.sampling().strategy() instanceof Strategy.Random random) {
      figures.put("seed", random.seed());
    }
    figures.put("prompt_tokens", generation.figures().promptTokens());
    figures.put("new_tokens", generation.figures().newTokens());
    figures.put("prefill_seconds", generation.figures().prefillSeconds());
    figures.put("decode_seconds", generation.figures().decodeSeconds());
    figures.put("tokens_per_second", generation.figures().tokensPerSecond());
  }
}
