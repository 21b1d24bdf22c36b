package dev.myna.cli;

import dev.myna.text.metrics.Likelihood;
import dev.myna.text.metrics.MetricException;
import dev.myna.text.metrics.Segments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Perplexity and bits per byte of what a model gave the tokens of a text. */
@Command(
    name = "likelihood",
    description = "Perplexity and bits per byte from the log-probabilities of tokens.",
    footer = "  myna score likelihood --log-probabilities logp.txt --text test.txt")
final class ScoreLikelihood extends Work {
  @Option(
      names = "--log-probabilities",
      paramLabel = "FILE",
      required = true,
      order = 1,
      description = "Natural logarithms of the tokens' probabilities, any number of them a line.")
  Path logProbabilities = Path.of("");

  @Option(
      names = "--text",
      paramLabel = "FILE",
      order = 2,
      description = "The text that the tokens are of: its size gives bits per byte.")
  @Nullable Path text;

  @Override
  int run(Output out, Figures figures) throws IOException {
    List<String> lines = Segments.read(logProbabilities);
    double nats = 0;
    long tokens = 0;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      for (String field : line.isEmpty() ? new String[0] : line.split("[,\\s]+", -1)) {
        nats -= logProbability(field, i);
        tokens++;
      }
    }
    if (tokens == 0) {
      throw new MetricException(
          "log-probabilities of tokens are wanted, found none in " + logProbabilities);
    }
    Likelihood likelihood = new Likelihood(nats, tokens, text == null ? 0 : Files.size(text));
    figures.put("tokens", tokens);
    figures.put("loss", likelihood.loss());
    figures.put("perplexity", likelihood.perplexity());
    out.line("%,d tokens", tokens);
    out.line("loss           %.5f nats a token", likelihood.loss());
    out.line("perplexity     %.4f", likelihood.perplexity());
    if (text != null) {
      figures.put("bytes", likelihood.bytes());
      figures.put("bits_per_byte", likelihood.bitsPerByte());
      out.line("bits per byte  %.5f", likelihood.bitsPerByte());
    }
    return Myna.DONE;
  }

  private double logProbability(String field, int line) {
    double value;
    try {
      value = Double.parseDouble(field);
    } catch (NumberFormatException e) {
      value = Double.NaN;
    }
    if (!(value <= 0)) {
      throw new MetricException(
          "logarithms of probabilities, 0 or less, are wanted, found \"%s\" in line %,d of %s"
              .formatted(field, line + 1, logProbabilities));
    }
    return value + 0.0;
  }
}
