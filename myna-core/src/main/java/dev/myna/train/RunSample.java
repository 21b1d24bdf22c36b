package dev.myna.train;

import dev.myna.generate.Detokenizer;
import dev.myna.generate.GenerationConfig;
import dev.myna.generate.Generator;
import dev.myna.generate.NextToken;
import dev.myna.generate.Sampling;
import dev.myna.generate.Strategy;
import dev.myna.nn.Precision;
import dev.myna.tensor.Device;
import dev.myna.text.Tokenizer;
import java.nio.file.Path;

/** What a trained model writes, for a first impression. */
final class RunSample {
  private RunSample() {}

  /**
   * Lets a language model go on from the prompt of a recipe; nothing where it has nothing to go on
   * from.
   *
   * @param model its folder
   */
  static String write(Recipe recipe, Path model, Tokenizer tokenizer) {
    SampleConfig sample = recipe.sample();
    if (sample.tokens() == 0) {
      return "";
    }
    Device device = Device.of(recipe.train().device());
    Strategy.Random strategy =
        new Strategy.Random(
            (float) sample.temperature(),
            sample.topK().orElse(null),
            null,
            null,
            null,
            recipe.seed());
    // A prompt of nothing: a line break begins a text as well as anything.
    int[] prompt = tokenizer.ids(sample.prompt().isEmpty() ? "\n" : sample.prompt());
    GenerationConfig config = GenerationConfig.read(model);
    if (prompt.length == 0 && config.startToken() == null) {
      return ""; // the tokenizer drops line breaks, and nothing begins a text of this model
    }
    try (Generator generator =
        new Generator(
            NextToken.load(model, device, Precision.FLOAT32),
            config,
            () -> Detokenizer.of(tokenizer))) {
      String text = generator.generate(prompt, Sampling.random(sample.tokens(), strategy)).text();
      return sample.prompt() + text;
    }
  }
}
