package dev.myna.cli;

import dev.myna.WholeFile;
import dev.myna.text.features.Documents;
import dev.myna.text.features.Vectorizer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Turns the lines of a text of any size into rows of TF-IDF, reading it twice. */
@Command(name = "tfidf", footer = "  myna tfidf corpus.txt --ngrams 1 --out corpus.svmlight")
final class Tfidf extends Work {
  @Parameters(paramLabel = "FILE", description = "A text, a line a document.")
  Path file = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Where the rows are written, as svmlight has them: 0 column:value …")
  Path out = Path.of("");

  @Option(
      names = "--terms",
      paramLabel = "FILE",
      description = "Where the terms are written, the term of column 1 first.")
  @Nullable Path terms;

  @Mixin FeatureOptions features = new FeatureOptions();

  @Override
  int run(Output output, Figures figures) throws IOException {
    Vectorizer vectorizer =
        Vectorizer.fit(features.spec(), Documents.lines(file), output.progress());
    long[] counts = new long[2];
    WholeFile.stream(out, stream -> write(vectorizer, stream, counts));
    if (terms != null) {
      WholeFile.stream(terms, stream -> writeTerms(vectorizer, stream));
    }
    output.line("%d documents, %d columns, %d entries", counts[0], vectorizer.columns(), counts[1]);
    figures.put("documents", counts[0]);
    figures.put("columns", vectorizer.columns());
    figures.put("entries", counts[1]);
    PeakMemory.bytes().ifPresent(bytes -> figures.put("peak_megabytes", bytes / 1e6));
    return Myna.DONE;
  }

  private void write(Vectorizer vectorizer, OutputStream stream, long[] counts) throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
    StringBuilder line = new StringBuilder();
    vectorizer.transform(
        Documents.lines(file),
        (columns, values, size) -> {
          line.setLength(0);
          line.append('0');
          for (int i = 0; i < size; i++) {
            line.append(' ').append(columns[i] + 1).append(':').append(rounded(values[i]));
          }
          try {
            writer.append(line.append('\n'));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          counts[0]++;
          counts[1] += size;
        });
    writer.flush();
  }

  /** A value to nine places: what a reader needs, in half the room of all its digits. */
  private static double rounded(double value) {
    return Math.rint(value * 1e9) / 1e9;
  }

  private static void writeTerms(Vectorizer vectorizer, OutputStream stream) throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
    for (int column = 0; column < vectorizer.columns(); column++) {
      writer.append(vectorizer.name(column)).append('\n');
    }
    writer.flush();
  }
}
