package dev.myna.train;

import dev.myna.WholeFile;
import dev.myna.task.Evaluation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What happened in a training, as JSON lines: one for each logged step ({@code step}, {@code loss},
 * {@code rate}, {@code gradient_norm}, {@code tokens_per_second} …) and one for each evaluation
 * ({@code step}, the figures of the task such as {@code validation_loss}, {@code best}). A line is
 * on its way to the disk before the next step begins.
 */
final class MetricsFile implements TrainingListener {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path file;
  private final int every;
  private boolean begun;

  /**
   * @param every steps between lines
   */
  MetricsFile(Path file, int every) {
    this.file = file;
    this.every = every;
  }

  /** The lines of a file, without a last one that was cut short; none where there is no file. */
  static List<JsonNode> read(Path file) {
    List<JsonNode> lines = new ArrayList<>();
    try {
      if (Files.exists(file)) {
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
          lines.add(JSON.readTree(line));
        }
      }
    } catch (JacksonException e) {
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }

  @Override
  public void stepped(Step step) {
    begin(step.step());
    if (step.step() % every == 0 || step.step() == 1 || step.step() == step.steps()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("step", step.step());
      line.put("loss", step.loss());
      line.put("rate", step.rate());
      line.put("gradient_norm", step.gradientNorm());
      line.put("tokens_per_second", step.tokensPerSecond());
      line.put("utilisation", step.utilisation());
      line.put("resident_bytes", step.residentBytes());
      append(line);
    }
  }

  @Override
  public void evaluated(long step, Evaluation evaluation, boolean best) {
    begin(step);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("step", step);
    evaluation.figures().forEach(figure -> line.put(figure.name(), figure.value()));
    line.put("best", best);
    append(line);
  }

  /** Lines of later steps were written before the training was stopped and went back. */
  private void begin(long step) {
    if (!begun) {
      StringBuilder kept = new StringBuilder();
      for (JsonNode line : read(file)) {
        if (line.path("step").asLong(Long.MAX_VALUE) < step) {
          kept.append(line).append('\n');
        }
      }
      WholeFile.text(file, kept.toString());
      begun = true;
    }
  }

  private void append(Map<String, Object> line) {
    line.replaceAll((name, value) -> value instanceof Double d && !Double.isFinite(d) ? "" : value);
    try {
      Files.writeString(
          file,
          JSON.writeValueAsString(line) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new TrainingException(
          "the metrics cannot be written to %s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
