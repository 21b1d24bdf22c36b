package dev.myna.bench.classic;

import dev.myna.bench.Peers;
import dev.myna.text.classify.ClassifierSpec;
import dev.myna.text.classify.Example;
import dev.myna.text.classify.ExampleReader;
import dev.myna.text.features.AnalyzerSpec;
import dev.myna.text.features.Documents;
import dev.myna.text.features.FeatureSpec;
import dev.myna.text.features.SparseMatrix;
import dev.myna.text.features.Unit;
import dev.myna.text.features.Vectorizer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * TF-IDF and the training of classifiers beside scikit-learn, in turns in one run; prints the
 * medians and their ratio.
 *
 * <pre>myna-bench/run classic.ClassicSpeed DATA-FOLDER PYTHON [ROUNDS [TASKS]]</pre>
 *
 * <p>The folder holds wikitext-2, chnsenticorp, trec6 and sst2; PYTHON is an interpreter that has
 * scikit-learn; TASKS is a regular expression that the names of the tasks to run match, such as
 * {@code svm.*}.
 */
public final class ClassicSpeed {
  private static final FeatureSpec BIGRAMS =
      FeatureSpec.TFIDF.withAnalyzer(AnalyzerSpec.WORDS.withNgrams(1, 2));

  /** Tasks of a millisecond are compiled only after many rounds. */
  private static final long WARM_UP = 2_000_000_000;

  private static final long AGAIN = 500_000_000;

  private ClassicSpeed() {}

  private record Data(SparseMatrix rows, int[] labels, int classes) {
    static Data of(List<Example> examples, FeatureSpec spec) {
      List<String> names = examples.stream().map(Example::label).distinct().sorted().toList();
      return new Data(
          Vectorizer.fitTransform(spec, examples.stream().map(Example::text).toList()).matrix(),
          examples.stream().mapToInt(e -> names.indexOf(e.label())).toArray(),
          names.size());
    }

    Runnable fitting(ClassifierSpec spec) {
      return () -> keep(spec.fit(rows, labels, classes));
    }
  }

  private static volatile Object kept = "";

  private static void keep(Object result) {
    kept = result;
  }

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
    Map<String, Runnable> tasks = tasks(folder);
    if (args.length > 3) {
      tasks.keySet().removeIf(name -> !name.matches(args[3]));
    }
    try (Peer peer = new Peer(args[1], folder)) {
      // All first: the first to be measured would pay for a heap that is still growing.
      tasks.values().forEach(task -> repeat(task, WARM_UP));
      for (Map.Entry<String, Runnable> task : tasks.entrySet()) {
        double[] ours = new double[rounds];
        double[] theirs = new double[rounds];
        repeat(task.getValue(), AGAIN);
        for (int round = 0; round < rounds; round++) {
          long start = System.nanoTime();
          task.getValue().run();
          ours[round] = (System.nanoTime() - start) / 1e9;
          theirs[round] = peer.seconds(task.getKey());
        }
        Arrays.sort(ours);
        Arrays.sort(theirs);
        System.out.printf(
            "%-28s myna %8.4f s  scikit-learn %8.4f s  ratio %5.1f%n",
            task.getKey(),
            ours[rounds / 2],
            theirs[rounds / 2],
            theirs[rounds / 2] / ours[rounds / 2]);
      }
    }
  }

  private static void repeat(Runnable task, long nanoseconds) {
    long end = System.nanoTime() + nanoseconds;
    do {
      task.run();
    } while (System.nanoTime() < end);
  }

  private static Map<String, Runnable> tasks(Path folder) {
    List<String> wiki = new ArrayList<>();
    Documents.lines(folder.resolve("wikitext-2/train.txt.gz")).forEach(wiki::add);
    List<Example> sst = ExampleReader.USUAL.read(folder.resolve("sst2/train.tsv"));
    List<String> sentences = sst.stream().map(Example::text).toList();
    FeatureSpec chars =
        FeatureSpec.TFIDF.withAnalyzer(AnalyzerSpec.WORDS.withUnit(Unit.CHAR).withNgrams(1, 2));
    FeatureSpec inWords =
        FeatureSpec.TFIDF.withAnalyzer(AnalyzerSpec.WORDS.withUnit(Unit.CHAR_WB).withNgrams(2, 4));
    Map<String, Data> data = new LinkedHashMap<>();
    data.put(
        "chnsenticorp",
        Data.of(ExampleReader.USUAL.read(folder.resolve("chnsenticorp/train.tsv.gz")), chars));
    data.put(
        "trec6",
        Data.of(
            new ExampleReader(null, null, StandardCharsets.ISO_8859_1)
                .read(folder.resolve("trec6/TREC.train.all")),
            BIGRAMS));
    data.put("sst2", Data.of(sst, BIGRAMS));
    Map<String, Runnable> tasks = new LinkedHashMap<>();
    tasks.put("tfidf-words wiki", () -> keep(Vectorizer.fitTransform(FeatureSpec.TFIDF, wiki)));
    tasks.put("tfidf-bigrams wiki", () -> keep(Vectorizer.fitTransform(BIGRAMS, wiki)));
    tasks.put("tfidf-chars sst2", () -> keep(Vectorizer.fitTransform(inWords, sentences)));
    data.forEach(
        (name, set) -> {
          tasks.put("multinomial " + name, set.fitting(ClassifierSpec.MULTINOMIAL));
          tasks.put("bernoulli " + name, set.fitting(ClassifierSpec.BERNOULLI));
          tasks.put("complement " + name, set.fitting(ClassifierSpec.COMPLEMENT));
          tasks.put("svm " + name, set.fitting(ClassifierSpec.SVM));
          tasks.put("logistic " + name, set.fitting(ClassifierSpec.LOGISTIC));
        });
    return tasks;
  }

  /** scikit-learn in its own process, asked for a task at a time. */
  private static final class Peer implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter questions;

    Peer(String python, Path folder) throws IOException {
      Path script = Peers.script(ClassicSpeed.class, "sklearn_speed.py");
      process =
          Peers.process(List.of(python, script.toString(), folder.toString()))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      answers = process.inputReader(StandardCharsets.UTF_8);
      questions = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
      if (!"ready".equals(answers.readLine())) {
        throw new IOException("scikit-learn did not start");
      }
    }

    double seconds(String task) throws IOException {
      questions.println(task);
      String answer = answers.readLine();
      if (answer == null) {
        throw new IOException("scikit-learn stopped at " + task);
      }
      return Double.parseDouble(answer);
    }

    @Override
    public void close() {
      questions.close();
      process.destroy();
    }
  }
}
