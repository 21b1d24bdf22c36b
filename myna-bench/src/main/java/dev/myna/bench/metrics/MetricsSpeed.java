package dev.myna.bench.metrics;

import dev.myna.bench.Peers;
import dev.myna.text.metrics.Bleu;
import dev.myna.text.metrics.Chrf;
import dev.myna.text.metrics.Rouge;
import dev.myna.text.metrics.RougeScore;
import dev.myna.text.metrics.Segments;
import dev.myna.text.metrics.Ter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.function.DoubleSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Times BLEU, chrF, TER and ROUGE against sacreBLEU and rouge_score on one system's output, in
 * turns, and prints medians and their ratios. Files are read beforehand on both sides; Python makes
 * a fresh metric each round.
 *
 * <pre>myna-bench/run metrics.MetricsSpeed HYPOTHESES REFERENCES PYTHON [ROUNDS]</pre>
 *
 * PYTHON is an interpreter that has {@code sacrebleu} and {@code rouge_score}; what it lacks is
 * left out.
 */
public final class MetricsSpeed {
  private static final int WARM_UP = 5;

  private final List<String> hypotheses;
  private final List<List<String>> references;
  private final Map<String, List<Double>> times = new LinkedHashMap<>();
  private final Map<String, Double> values = new LinkedHashMap<>();

  private MetricsSpeed(Path hypotheses, Path references) {
    this.hypotheses = Segments.read(hypotheses);
    this.references = List.of(Segments.read(references));
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 3) {
      throw new IllegalArgumentException("wanted: HYPOTHESES REFERENCES PYTHON [ROUNDS]");
    }
    int rounds = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 3;
    new MetricsSpeed(Path.of(arguments[0]), Path.of(arguments[1]))
        .compare(arguments[0], arguments[1], arguments[2], rounds);
  }

  private Map<String, DoubleSupplier> jobs() {
    Map<String, DoubleSupplier> jobs = new LinkedHashMap<>();
    jobs.put("bleu", () -> Bleu.standard().corpus(hypotheses, references).score());
    jobs.put("chrf", () -> Chrf.standard().corpus(hypotheses, references).score());
    jobs.put("chrf++", () -> Chrf.plusPlus().corpus(hypotheses, references).score());
    jobs.put("ter", () -> Ter.standard().corpus(hypotheses, references).score());
    jobs.put(
        "rouge",
        () -> {
          List<Map<String, RougeScore>> scores =
              Rouge.standard(true).segments(hypotheses, references);
          return 100 * Rouge.mean(scores).getOrDefault("rougeL", RougeScore.ZERO).fmeasure();
        });
    return jobs;
  }

  private void compare(String hypothesisFile, String referenceFile, String python, int rounds)
      throws IOException, InterruptedException, ExecutionException {
    for (int i = 0; i < WARM_UP; i++) {
      time("warm-up");
    }
    Path script = Peers.script(MetricsSpeed.class, "peers.py");
    Process process =
        Peers.process(List.of(python, script.toString(), hypothesisFile, referenceFile))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
        Writer questions = process.outputWriter(StandardCharsets.UTF_8);
        ForkJoinPool single = new ForkJoinPool(1)) {
      String ready = answers.readLine();
      if (ready == null) {
        throw new IOException("the Python side did not start");
      }
      for (int round = 0; round < rounds; round++) {
        single.submit(() -> time("myna, 1 thread")).get();
        time("myna, all cores");
        questions.write("go\n");
        questions.flush();
        JsonNode seconds = JsonMapper.shared().readTree(answers.readLine());
        seconds
            .properties()
            .forEach(
                entry ->
                    note(
                        "python",
                        entry.getKey(),
                        entry.getValue().get(0).doubleValue(),
                        entry.getValue().get(1).doubleValue()));
      }
    } finally {
      process.destroy();
    }
    print();
  }

  private void time(String side) {
    jobs()
        .forEach(
            (name, job) -> {
              long start = System.nanoTime();
              double value = job.getAsDouble();
              note(side, name, (System.nanoTime() - start) / 1e9, value);
            });
  }

  private void note(String side, String name, double seconds, double value) {
    String key = name + "\t" + side;
    times.computeIfAbsent(key, _ -> new ArrayList<>()).add(seconds);
    values.put(key, value);
  }

  private double median(String name, String side) {
    List<Double> sorted =
        times.getOrDefault(name + "\t" + side, List.of()).stream().sorted().toList();
    return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
  }

  private void print() {
    System.out.printf(
        Locale.ROOT,
        "%-8s %12s %12s %12s %12s %8s %8s%n",
        "metric",
        "Python s",
        "1 thread s",
        "all cores s",
        "difference",
        "x 1",
        "x all");
    for (String name : jobs().keySet()) {
      double peer = median(name, "python");
      double one = median(name, "myna, 1 thread");
      double all = median(name, "myna, all cores");
      double difference =
          values.getOrDefault(name + "\tmyna, all cores", Double.NaN)
              - values.getOrDefault(name + "\tpython", Double.NaN);
      System.out.printf(
          Locale.ROOT,
          "%-8s %12.3f %12.4f %12.4f %12.1e %8.1f %8.1f%n",
          name,
          peer,
          one,
          all,
          difference,
          peer / one,
          peer / all);
    }
  }
}
