package dev.myna.cli;

import dev.myna.text.vectors.FastText;
import dev.myna.text.vectors.Neighbour;
import dev.myna.text.vectors.WordVectorFile;
import dev.myna.text.vectors.WordVectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The words nearest to a word; with a fastText model, to any string. */
@Command(
    name = "nearest",
    description = "Find the words nearest to a word by cosine similarity.",
    footer = "  myna vectors nearest words.vec king")
final class VectorsNearest extends Work {
  @Parameters(
      index = "0",
      paramLabel = "VECTORS",
      description = "word2vec, GloVe or fastText file.")
  Path file = Path.of("");

  @Parameters(index = "1", paramLabel = "WORD", description = "The word.")
  String word = "";

  @Option(
      names = {"-k", "--count"},
      order = 1,
      description = "How many (${DEFAULT-VALUE}).")
  int count = 10;

  @Override
  int run(Output out, Figures figures) throws IOException {
    List<Neighbour> nearest;
    if (WordVectorFile.isFastText(file)) {
      FastText model = FastText.load(file);
      nearest = model.wordVectors().nearest(model.vector(word), count, Set.of(word));
    } else {
      WordVectors vectors = WordVectorFile.read(file);
      nearest = vectors.nearest(word, count);
    }
    print(nearest, out, figures);
    return Myna.DONE;
  }

  /** Words with their scores, as a table and as figures. */
  static void print(List<Neighbour> words, Output out, Figures figures) {
    List<List<String>> rows = new ArrayList<>();
    List<Map<String, Object>> list = new ArrayList<>();
    for (Neighbour neighbour : words) {
      rows.add(List.of(neighbour.word(), String.format(Locale.ROOT, "%.4f", neighbour.score())));
      list.add(Map.of("word", neighbour.word(), "score", neighbour.score()));
    }
    out.table(List.of("word", "score"), rows);
    figures.put("words", list);
  }
}
