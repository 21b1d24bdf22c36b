package dev.myna.cli;

import dev.myna.text.vectors.VectorMap;
import dev.myna.text.vectors.WordVectorFile;
import dev.myna.text.vectors.WordVectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws words in a plane as an HTML page. */
@Command(
    name = "map",
    description = "Draw words in a plane, near words near each other, as an HTML page.",
    footer = "  myna vectors map words.vec --out map.html --count 300")
final class VectorsMap extends Work {
  @Parameters(
      index = "0",
      paramLabel = "VECTORS",
      description = "word2vec, GloVe or fastText file.")
  Path file = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "WORD",
      description = "The words; without any, the first ones of the file.")
  List<String> words = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      order = 1,
      description = "The HTML page.")
  Path target = Path.of("");

  @Option(
      names = "--method",
      order = 2,
      description = "One of ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  VectorMap.Method method = VectorMap.Method.TSNE;

  @Option(
      names = {"-k", "--count"},
      order = 3,
      description = "How many of the file's first words (${DEFAULT-VALUE}).")
  int count = 300;

  @Option(names = "--seed", order = 4, description = "Seed (${DEFAULT-VALUE}).")
  long seed = 1;

  @Override
  int run(Output out, Figures figures) throws IOException {
    WordVectors vectors = WordVectorFile.read(file);
    List<String> shown = new ArrayList<>(words);
    for (int id = 0; words.isEmpty() && id < Math.min(count, vectors.size()); id++) {
      shown.add(vectors.vocabulary().word(id));
    }
    List<VectorMap.Place> places = VectorMap.places(vectors, shown, method, seed, out.progress());
    VectorMap.page("Words of " + file.getFileName(), places).write(target);
    figures.put("words", places.size());
    out.line("%s: %,d words", target, places.size());
    return Myna.DONE;
  }
}
