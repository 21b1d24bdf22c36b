package dev.myna.cli;

import dev.myna.text.classify.Example;
import dev.myna.text.classify.ExampleReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How files of labelled texts are read. */
final class ExampleOptions {
  @Option(
      names = "--text",
      paramLabel = "NAME",
      description = "Column or member of the text (default: one of the usual names).")
  @Nullable String text;

  @Option(
      names = "--label",
      paramLabel = "NAME",
      description = "Column or member of the label (default: one of the usual names).")
  @Nullable String label;

  @Option(
      names = "--charset",
      paramLabel = "NAME",
      description = "Character set of the files (default: UTF-8).")
  Charset charset = StandardCharsets.UTF_8;

  /** The examples of one file, or of a file of texts and one of labels. */
  List<Example> read(Path texts, @Nullable Path labels) {
    ExampleReader reader = new ExampleReader(text, label, charset);
    return labels == null ? reader.read(texts) : reader.read(texts, labels);
  }

  /** The same, whose labels must be among those known. */
  List<Example> read(Path texts, @Nullable Path labels, List<String> known) {
    ExampleReader reader = new ExampleReader(text, label, charset);
    return labels == null ? reader.read(texts, known) : reader.read(texts, labels, known);
  }
}
