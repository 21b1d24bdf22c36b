package dev.myna.cli;

import dev.myna.MynaException;
import dev.myna.train.TrainedEmbedder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds the texts that are most like another. */
@Command(
    name = "similar",
    footer = "  myna similar runs/stsb-fnn \"a man plays music\" --file sentences.txt --top 3")
final class Similar extends Work {
  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description =
          "The folder of a run with task.kind: similarity, of which the best model is taken, or a"
              + " folder of sentence-transformers.")
  Path model = Path.of("");

  @Parameters(index = "1", paramLabel = "TEXT", description = "What others are compared with.")
  String text = "";

  @Parameters(index = "2..*", arity = "0..*", paramLabel = "OTHER", description = "Other texts.")
  List<String> others = new ArrayList<>();

  @Option(names = "--file", paramLabel = "FILE", description = "Other texts, a line each.")
  @Nullable Path file;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "5",
      description = "Texts to show: ${DEFAULT-VALUE} if left out.")
  int top = 5;

  @Mixin DeviceOption where = new DeviceOption();

  @Override
  int run(Output out, Figures figures) throws IOException {
    List<String> all = TextLines.all(others, file, "other texts to compare with");
    if (text.isBlank()) {
      throw new MynaException("a text to compare others with was wanted, found a blank one");
    }
    if (top < 1) {
      throw new MynaException("--top must be at least 1, found " + top);
    }
    try (TrainedEmbedder embedder =
        TrainedEmbedder.load(LoadedModel.folder(model), where.device())) {
      List<float[]> vectors = embedder.vectors(all, out.progress());
      float[] own = embedder.vectors(List.of(text), dev.myna.Progress.NONE).getFirst();
      double[] cosines = vectors.stream().mapToDouble(other -> dot(own, other)).toArray();
      List<Integer> best =
          IntStream.range(0, cosines.length)
              .boxed()
              .sorted(Comparator.comparing((Integer i) -> cosines[i]).reversed())
              .limit(top)
              .toList();
      out.table(
          List.of("cosine", "text"),
          best.stream()
              .map(i -> List.of(String.format(Locale.ROOT, "%.4f", cosines[i]), all.get(i)))
              .toList());
      List<Map<String, Object>> found = new ArrayList<>();
      for (int i : best) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("text", all.get(i));
        one.put("cosine", cosines[i]);
        found.add(one);
      }
      figures.put("texts", found);
    }
    return Myna.DONE;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
