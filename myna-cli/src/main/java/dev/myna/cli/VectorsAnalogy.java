package dev.myna.cli;

import dev.myna.text.vectors.Analogy;
import dev.myna.text.vectors.WordVectorFile;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is to C as B is to A? */
@Command(
    name = "analogy",
    description = "Find the words that are to C as B is to A.",
    footer = "  myna vectors analogy words.vec man king woman")
final class VectorsAnalogy extends Work {
  @Parameters(
      index = "0",
      paramLabel = "VECTORS",
      description = "word2vec, GloVe or fastText file.")
  Path file = Path.of("");

  @Parameters(index = "1", paramLabel = "A", description = "The first word: man.")
  String a = "";

  @Parameters(index = "2", paramLabel = "B", description = "What goes with A: king.")
  String b = "";

  @Parameters(index = "3", paramLabel = "C", description = "The word asked about: woman.")
  String c = "";

  @Option(
      names = {"-k", "--count"},
      order = 1,
      description = "How many (${DEFAULT-VALUE}).")
  int count = 10;

  @Option(
      names = "--multiply",
      order = 2,
      description = "Multiply and divide similarities (3CosMul) in place of adding (3CosAdd).")
  boolean multiply;

  @Override
  int run(Output out, Figures figures) throws IOException {
    Analogy method = multiply ? Analogy.MULTIPLY : Analogy.ADD;
    VectorsNearest.print(WordVectorFile.read(file).analogy(a, b, c, count, method), out, figures);
    return Myna.DONE;
  }
}
