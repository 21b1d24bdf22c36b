package dev.myna.cli;

import dev.myna.generate.CachedTransformer;
import dev.myna.generate.Generation;
import dev.myna.generate.GenerationConfig;
import dev.myna.generate.Generator;
import dev.myna.generate.Listener;
import dev.myna.generate.Sampling;
import dev.myna.model.Pretrained;
import dev.myna.model.Shape;
import dev.myna.nn.Precision;
import dev.myna.tensor.Device;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How fast tokens are said here: the generator itself, with weights of chance. */
@Command(
    name = "generate",
    description = "Measure greedy decoding with a cache by the generator itself, several rounds.",
    footer = "  myna bench generate --layers 12 --heads 12 --width 768 --vocabulary 50257")
final class BenchGenerate extends Work {
  @Option(names = "--family", defaultValue = "gpt2", description = "${DEFAULT-VALUE} if left out.")
  String family = "gpt2";

  @Option(names = "--layers", defaultValue = "6", description = "${DEFAULT-VALUE} if left out.")
  int layers = 6;

  @Option(names = "--heads", defaultValue = "6", description = "${DEFAULT-VALUE} if left out.")
  int heads = 6;

  @Option(names = "--width", defaultValue = "384", description = "${DEFAULT-VALUE} if left out.")
  int width = 384;

  @Option(names = "--context", defaultValue = "256", description = "${DEFAULT-VALUE} if left out.")
  int context = 256;

  @Option(
      names = "--vocabulary",
      defaultValue = "65",
      description = "${DEFAULT-VALUE} if left out.")
  int vocabulary = 65;

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

  @Option(names = "--rounds", defaultValue = "5", description = "${DEFAULT-VALUE} if left out.")
  int rounds = 5;

  @Override
  int run(Output out, Figures figures) {
    Pretrained model =
        Pretrained.create(Shape.of(family, vocabulary, context, layers, heads, width), 1);
    int[] prompt = new int[16];
    Arrays.setAll(prompt, i -> (i * 7 + 5) % vocabulary);
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
}
