package dev.myna.cli;

import dev.myna.Progress;
import dev.myna.model.Families;
import dev.myna.model.Pretrained;
import dev.myna.tensor.Device;
import dev.myna.tensor.Weights;
import dev.myna.text.Tokenizer;
import dev.myna.text.classify.Example;
import dev.myna.train.Recipe;
import dev.myna.train.RecipeRun;
import dev.myna.train.TrainedClassifier;
import dev.myna.train.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The networks of the ladder: each is a recipe over the examples, in a folder for the moment. */
enum LadderNetwork {
  FNN("averaged embeddings", "family: fnn, width: 300, hidden: [100], dropout: 0.5"),
  TEXTCNN("TextCNN", "family: textcnn, width: 300, filters: 100, dropout: 0.5"),
  LSTM("LSTM", "family: lstm, width: 128, embedding: 300, dropout: 0.5, pooling: mean"),
  BILSTM(
      "BiLSTM",
      "family: lstm, width: 128, embedding: 300, bidirectional: true, dropout: 0.5, pooling: max");

  private static final int BATCH = 50;
  private static final int EPOCHS = 6;

  private final String title;
  private final String model;

  LadderNetwork(String title, String model) {
    this.title = title;
    this.model = model;
  }

  /** The name for readers. */
  String title() {
    return title;
  }

  /** Learns from the examples, of which a tenth says when to stop, and is judged by others. */
  LadderRung climb(List<Example> train, List<Example> judged, Progress progress)
      throws IOException {
    int epoch = Math.max(10, (int) Math.ceil(0.9 * train.size() / BATCH));
    return climb(
        title,
        """
        tokenizer: {kind: wordpiece, vocabulary: 16000}
        model: {%s}
        train: {steps: %d, batch: %d, rate: 1e-3, schedule: constant, weight_decay: 0.1, beta2: 0.999, clip: 3, evaluate_every: %d, patience: 3, precision: float32}
        """
            .formatted(model, EPOCHS * epoch, BATCH, Math.max(1, epoch / 2)),
        train,
        judged,
        progress);
  }

  /**
   * Fails where a folder holds nothing to fine-tune: before the other rungs are climbed, not after.
   */
  static void requireTunable(Path folder) {
    var _ = Tokenizer.load(folder);
    var _ = Families.spec(Pretrained.config(folder));
    Weights.open(folder).close();
  }

  /** Fine-tunes an encoder, a Hugging Face folder, for two epochs. */
  static LadderRung tune(Path folder, List<Example> train, List<Example> judged, Progress progress)
      throws IOException {
    int epoch = Math.max(10, (int) Math.ceil(0.9 * train.size() / 32));
    return climb(
        folder.getFileName() + ", tuned",
        """
        model: {family: bert, from: '%s'}
        train: {steps: %d, batch: 32, rate: 3e-5, schedule: linear, warmup: %d, weight_decay: 0.01, clip: 1, evaluate_every: %d}
        """
            .formatted(folder, 2 * epoch, epoch / 5, Math.max(1, epoch / 2)),
        train,
        judged,
        progress);
  }

  private static LadderRung climb(
      String name, String recipe, List<Example> train, List<Example> judged, Progress progress)
      throws IOException {
    Path folder = Files.createTempDirectory("ladder");
    try {
      Path texts = folder.resolve("texts");
      Path labels = folder.resolve("labels");
      List<Example> some = train.stream().filter(example -> !example.text().isBlank()).toList();
      Files.write(texts, some.stream().map(example -> line(example.text())).toList());
      Files.write(labels, some.stream().map(example -> line(example.label())).toList());
      String yaml =
          """
          name: ladder
          out: '%s'
          data: {train: ['%s'], targets: ['%s'], validation_fraction: 0.1}
          task: {kind: classification}
          seed: 1
          %s\
          """
              .formatted(folder.resolve("run"), texts, labels, recipe);
      long start = System.nanoTime();
      TrainingListener listener =
          new TrainingListener() {
            @Override
            public void stepped(Step step) {
              progress.at("climbing: " + name, step.step(), step.steps());
            }
          };
      RecipeRun.Outcome outcome =
          new RecipeRun(
                  Recipe.parse("ladder", yaml, List.of()),
                  Progress.NONE,
                  listener,
                  Interrupts::requested)
              .run(RecipeRun.Start.FRESH, Interrupts::gently);
      if (outcome.result().stopped()) {
        throw new Interrupted("stopped on the way up; nothing was kept");
      }
      Path model = outcome.model();
      double seconds = (System.nanoTime() - start) / 1e9;
      double megabytes =
          (Files.size(model.resolve("model.safetensors"))
                  + Files.size(model.resolve("tokenizer.json")))
              / 1e6;
      try (TrainedClassifier classifier = TrainedClassifier.load(model, Device.CPU)) {
        List<Example> lines =
            judged.stream().map(e -> new Example(line(e.text()), line(e.label()))).toList();
        return LadderRung.judge(
            name, new Labeller.OfNetwork(classifier), seconds, megabytes, lines, progress);
      }
    } finally {
      delete(folder);
    }
  }

  private static String line(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
