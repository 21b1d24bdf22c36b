package dev.myna.cli;

import dev.myna.MynaException;
import dev.myna.generate.MaskFiller;
import dev.myna.generate.TokenChance;
import dev.myna.model.Pretrained;
import dev.myna.tensor.Device;
import dev.myna.text.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a model that reads in both directions say hidden words. */
@Command(
    name = "fill",
    footer = "  myna fill models/bert-base-uncased \"Paris is the [MASK] of France.\" --top 5")
final class Fill extends Work {
  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description =
          "A Hugging Face folder, or the folder of a run, of which the best model is taken.")
  Path model = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "TEXT",
      description = "Texts with [MASK] (or <mask>, as the model has it) in place of words.")
  List<String> texts = new ArrayList<>();

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "5",
      description = "Words to show for each place: ${DEFAULT-VALUE} if left out.")
  int top = 5;

  @Mixin DeviceOption where = new DeviceOption();

  @Override
  int run(Output out, Figures figures) {
    Path folder = LoadedModel.folder(model);
    Tokenizer tokenizer = Tokenizer.load(folder);
    Pretrained pretrained = Pretrained.load(folder);
    Device device = where.device();
    pretrained.model().moveTo(device);
    int known = tokenizer.vocabularySize();
    if (top < 1 || top > known) {
      throw new MynaException(
          "--top must be from 1 to the %,d tokens of the vocabulary, found %d"
              .formatted(known, top));
    }
    MaskFiller filler = new MaskFiller(pretrained, tokenizer, device);
    List<Map<String, Object>> found = new ArrayList<>();
    for (String text : texts) {
      List<MaskFiller.Place> places = filler.fill(text, top);
      String filled = filler.filled(text, places);
      out.line(filled);
      for (MaskFiller.Place place : places) {
        out.table(
            List.of("  token", "probability"),
            place.tokens().stream()
                .map(
                    chance ->
                        List.of(
                            "  " + tokenizer.token(chance.token()),
                            String.format(Locale.ROOT, "%.4f", probability(chance))))
                .toList());
      }
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("text", text);
      one.put("filled", filled);
      one.put("places", places.stream().map(place -> place(tokenizer, place)).toList());
      found.add(one);
    }
    figures.put("texts", found);
    return Myna.DONE;
  }

  private static double probability(TokenChance chance) {
    return Math.exp(chance.logProbability());
  }

  private static Map<String, Object> place(Tokenizer tokenizer, MaskFiller.Place place) {
    List<Map<String, Object>> tokens = new ArrayList<>();
    for (TokenChance chance : place.tokens()) {
      Map<String, Object> token = new LinkedHashMap<>();
      token.put("token", tokenizer.token(chance.token()));
      token.put("id", chance.token());
      token.put("probability", probability(chance));
      tokens.add(token);
    }
    return Map.of("position", place.position(), "tokens", tokens);
  }
}
