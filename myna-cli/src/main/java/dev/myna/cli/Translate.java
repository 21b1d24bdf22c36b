package dev.myna.cli;

import dev.myna.MynaException;
import dev.myna.generate.Option;
import dev.myna.generate.Options;
import dev.myna.generate.Sampling;
import dev.myna.tensor.Device;
import dev.myna.text.features.Documents;
import dev.myna.train.TrainedTranslator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

  @picocli.CommandLine.Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Texts, a line each.")
  @Nullable Path file;

  @picocli.CommandLine.Option(
      names = {"--num-beams", "--beams"},
      paramLabel = "N",
      description = "Texts kept side by side in beam search; 1 for the likeliest word each time.")
  @Nullable String beams;

  @picocli.CommandLine.Option(
      names = "--length-penalty",
      paramLabel = "X",
      description = "With beams: above 0 favours long texts, below 0 short ones.")
  @Nullable String lengthPenalty;

  @picocli.CommandLine.Option(
      names = {"--max-new-tokens", "--tokens"},
      paramLabel = "N",
      description = "Most tokens to say.")
  @Nullable String most;

  @picocli.CommandLine.Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      description = "auto, cpu, cuda, cuda:1 …: ${DEFAULT-VALUE} if left out.")
  String device = "auto";

  @Override
  int run(Output out, Figures figures) throws IOException {
    List<String> all = new ArrayList<>(texts);
    if (file != null) {
      Documents.lines(file).forEach(all::add);
    }
    if (all.isEmpty()) {
      throw new MynaException(
          "texts to translate were wanted, but there are none: give them as arguments or with"
              + " --file");
    }
    Options options = options();
    try (TrainedTranslator translator =
        TrainedTranslator.load(LoadedModel.folder(model), Device.of(device))) {
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

  private Options options() {
    Options options = Options.NONE;
    options = beams == null ? options : options.with(Option.NUM_BEAMS, beams);
    options = lengthPenalty == null ? options : options.with(Option.LENGTH_PENALTY, lengthPenalty);
    return most == null ? options : options.with(Option.MAX_NEW_TOKENS, most);
  }
}
