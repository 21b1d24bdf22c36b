package dev.myna.cli;

import dev.myna.MynaException;
import dev.myna.generate.CachedTransformer;
import dev.myna.generate.Generation;
import dev.myna.generate.GenerationConfig;
import dev.myna.generate.Generator;
import dev.myna.generate.Listener;
import dev.myna.generate.Sampling;
import dev.myna.model.Pretrained;
import dev.myna.nn.Precision;
import dev.myna.spec.ModelSpec;
import dev.myna.tensor.Device;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How fast tokens are said here: the generator itself, with weights of chance. */
@Command(
    name = "generate",
    description = "Measure greedy decoding with a cache by the generator itself, several rounds.",
    footer = "  myna bench generate --layers 12 --heads 12 --width 768 --vocabulary 50257")
final class BenchGenerate extends Work {
  @Mixin ModelSizes sizes = new ModelSizes();

  @Option(
      names = "--texts",
      defaultValue = "1",
      description = "Texts side by side, ${DEFAULT-VALUE} if left out.")
  int texts = 1;

  @Option(
      names = "--tokens",
      defaultValue = "200",
      description = "Tokens of each, ${DEFAULT-VALUE} if left out.")
  int tokens = 200;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "Repetitions; ${DEFAULT-VALUE} if left out.")
  int rounds = 5;

  @Override
  int run(Output out, Figures figures) {
    requirePositive("--texts", texts);
    requirePositive("--rounds", rounds);
    Pretrained model = Pretrained.create(sizes.shape(), 1);
    if (!(model.model().spec() instanceof ModelSpec.Decoder)) {
      throw new MynaException(
          "--family should be one of decoders alone, which say a text token by token, found "
              + sizes.family);
    }
    int[] prompt = new int[16];
    Arrays.setAll(prompt, i -> (i * 7 + 5) % sizes.vocabulary);
    List<Double> rates = new ArrayList<>();
    try (Generator generator =
        new Generator(
            new CachedTransformer(model.model(), Device.CPU, Precision.FLOAT32),
            GenerationConfig.EMPTY)) {
      for (int round = 0; round < rounds; round++) {
        Generation generation =
            generator.generate(
                Collections.nCopies(texts, prompt),
                Sampling.greedy(tokens),
                Listener.NONE,
                out.progress());
        rates.add(generation.figures().tokensPerSecond());
        out.line("round %d: %,.1f tokens/s", round + 1, rates.getLast());
      }
    }
    double[] warm = rates.stream().skip(1).mapToDouble(Double::doubleValue).sorted().toArray();
    figures.put("first_tokens_per_second", rates.getFirst());
    if (warm.length > 0) {
      figures.put("tokens_per_second", warm[warm.length / 2]);
      out.line("median of the later ones: %,.1f tokens/s", warm[warm.length / 2]);
    }
    return Myna.DONE;
  }

  private static void requirePositive(String option, int value) {
    if (value < 1) {
      throw new MynaException("%s should be at least 1, found %d".formatted(option, value));
    }
  }
}
