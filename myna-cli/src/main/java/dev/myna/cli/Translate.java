package dev.myna.cli;

import dev.myna.generate.Options;
import dev.myna.generate.Sampling;
import dev.myna.train.TrainedTranslator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a model that reads a text and says another do so. */
@Command(
    name = "translate",
    footer = "  myna translate runs/multi30k-bahdanau \"Ein Hund rennt im Schnee.\" --beams 5")
final class Translate extends Work {
  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description =
          "The folder of a run, of which the best model is taken, or a Hugging Face folder of an"
              + " encoder-decoder.")
  Path model = Path.of("");

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "TEXT", description = "Texts.")
  List<String> texts = new ArrayList<>();

  @Option(names = "--file", paramLabel = "FILE", description = "Texts, a line each.")
  @Nullable Path file;

  @Mixin BeamArguments beams = new BeamArguments();

  @Mixin DeviceOption where = new DeviceOption();

  @Override
  int run(Output out, Figures figures) throws IOException {
    List<String> all = TextLines.all(texts, file, "texts to translate");
    Options options = beams.options();
    try (TrainedTranslator translator =
        TrainedTranslator.load(LoadedModel.folder(model), where.device())) {
      Sampling sampling = options.resolve(translator.config());
      long cut = all.stream().filter(translator::isCut).count();
      if (cut > 0) {
        out.note(
            "the ends of %,d of %,d texts are not read: they are longer than the model takes"
                .formatted(cut, all.size()));
      }
      long start = System.nanoTime();
      List<String> said = translator.translate(all, sampling, out.progress());
      said.forEach(out::line);
      figures.put("translations", said);
      figures.put("texts_cut", cut);
      figures.put("decode_seconds", (System.nanoTime() - start) / 1e9);
    }
    return Myna.DONE;
  }
}
