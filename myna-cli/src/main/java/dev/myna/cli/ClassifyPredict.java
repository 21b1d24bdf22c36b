package dev.myna.cli;

import dev.myna.text.classify.TextClassifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Labels texts. */
@Command(
    name = "predict",
    description = "Label texts, each given as an argument or a line of a file.",
    footer = "  myna classify predict --model model.safetensors \"a fine film\"")
final class ClassifyPredict extends Work {
  @Option(
      names = "--model",
      paramLabel = "FILE",
      required = true,
      description =
          "A classifier that myna classify train wrote, a fastText model, or the folder of a"
              + " network: of a run, of which the best is taken, or Hugging Face's.")
  Path model = Path.of("");

  @Option(names = "--file", paramLabel = "FILE", description = "Texts, a line each.")
  @Nullable Path file;

  @Parameters(paramLabel = "TEXT", arity = "0..*", description = "Texts.")
  List<String> texts = List.of();

  @Override
  int run(Output out, Figures figures) throws IOException {
    Labeller labeller = Labeller.load(model);
    List<String> all = TextLines.all(texts, file, "texts to label");
    List<Map<String, Object>> list = new ArrayList<>();
    for (TextClassifier.Prediction prediction : labeller.predict(all, out.progress())) {
      out.line(prediction.label());
      Map<String, Double> scores = new LinkedHashMap<>();
      for (int k = 0; k < labeller.labels().size(); k++) {
        scores.put(labeller.labels().get(k), prediction.scores().get(k));
      }
      list.add(Map.of("label", prediction.label(), "scores", scores));
    }
    figures.put("predictions", list);
    return Myna.DONE;
  }
}
