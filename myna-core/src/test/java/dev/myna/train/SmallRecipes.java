package dev.myna.train;

import dev.myna.Progress;
import dev.myna.train.RecipeRun.Outcome;
import dev.myna.train.RecipeRun.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A recipe of a few steps for every task with every kind of model, and the texts it reads. */
final class SmallRecipes {
  private static final String CLASSES =
      "data: {train: [DIR/labelled.tsv], test: [DIR/labelled.tsv]}\n"
          + "tokenizer: {kind: spaced, minimum_frequency: 1, special_tokens: [<pad>, <unk>]}\n";

  private static final String TAGS = CLASSES.replace("labelled.tsv", "tagged.conll");

  private static final String TEXT =
      "data: {train: [DIR/text.txt], test: [DIR/text.txt], validation_fraction: 0.2}\n"
          + "tokenizer: {kind: wordpiece, vocabulary: 300, special_tokens: [SPECIAL]}\n";

  private static final String PAIRS =
      "data: {train: [DIR/pairs.tsv], test: [DIR/pairs.tsv], validation_fraction: 0.2}\n"
          + "tokenizer: {kind: bpe, vocabulary: 300, special_tokens: [<pad>, </s>]}\n";

  private static final String ANSWERS =
      "data: {train: [DIR/squad.json], test: [DIR/squad.json], validation_fraction: 0.3}\n"
          + "tokenizer: {kind: KIND, vocabulary: 300, special_tokens: [SPECIAL]}\n"
          + "task: {kind: answers, longest: 5, MORE}\n"
          + "model: {family: FAMILY, layers: 1, heads: 2, width: 16, context: 32}\n";

  private static final String SPANS =
      TEXT.replace("wordpiece", "bpe")
              .replace(
                  "SPECIAL", "<pad>, </s>, <extra_id_0>, <extra_id_1>, <extra_id_2>, <extra_id_3>")
          + "task: {kind: span_corruption}\n"
          + "model: {family: t5, layers: 1, heads: 2, width: 16, context: 24}\n";

  private static final Map<String, String> RECIPES =
      Map.ofEntries(
          Map.entry(
              "textcnn",
              CLASSES
                  + "task: {kind: classification, focus: 1, augment: {copies: 1, deletion: 0.2}}\n"
                  + "model: {family: textcnn, width: 8, filters: 4, channels: both}\n"),
          Map.entry(
              "bilstm",
              CLASSES
                  + "task: {kind: classification, balanced: true}\n"
                  + "model: {family: lstm, width: 8, bidirectional: true, pooling: attention}\n"),
          Map.entry(
              "fnn",
              CLASSES
                  + "task: {kind: classification, sampling: over}\n"
                  + "model: {family: fnn, width: 8, hidden: [6]}\n"),
          Map.entry(
              "bert-classes",
              CLASSES.replace("spaced", "wordpiece").replace(", special_tokens: [<pad>, <unk>]", "")
                  + "task: {kind: classification}\n"
                  + "model: {family: bert, layers: 1, heads: 2, width: 16, context: 24}\n"),
          Map.entry(
              "bilstm-tags",
              TAGS
                  + "task: {kind: tagging}\n"
                  + "model: {family: lstm, width: 8, bidirectional: true, context: 5}\n"),
          Map.entry(
              "bert-tags",
              TAGS.replace("spaced", "wordpiece").replace(", special_tokens: [<pad>, <unk>]", "")
                  + "task: {kind: tagging, balanced: true}\n"
                  + "model: {family: bert, layers: 1, heads: 2, width: 16, context: 24}\n"),
          Map.entry(
              "gpt-tags",
              TAGS.replace("spaced", "bpe").replace("<pad>, <unk>", "<pad>")
                  + "task: {kind: tagging}\n"
                  + "model: {family: gpt2, layers: 1, heads: 2, width: 16, context: 24}\n"),
          Map.entry(
              "numbers",
              CLASSES.replace("labelled", "numbered")
                  + "task: {kind: regression}\n"
                  + "model: {family: textcnn, width: 8, filters: 4}\n"),
          Map.entry(
              "bert-numbers",
              CLASSES
                      .replace("labelled", "numbered")
                      .replace("spaced", "wordpiece")
                      .replace(", special_tokens: [<pad>, <unk>]", "")
                  + "task: {kind: regression}\n"
                  + "model: {family: bert, layers: 1, heads: 2, width: 16, context: 24}\n"),
          Map.entry(
              "alike",
              CLASSES.replace("labelled", "scored")
                  + "task: {kind: similarity, aim: pairs, dimensions: 6}\n"
                  + "model: {family: fnn, width: 8}\n"),
          Map.entry(
              "alike-batch",
              CLASSES.replace("labelled", "pairs")
                  + "task: {kind: similarity, aim: in_batch, dimensions: 6}\n"
                  + "model: {family: gru, width: 8}\n"),
          Map.entry(
              "bert-alike",
              CLASSES
                      .replace("labelled", "scored")
                      .replace("spaced", "wordpiece")
                      .replace(", special_tokens: [<pad>, <unk>]", "")
                  + "task: {kind: similarity}\n"
                  + "model: {family: bert, layers: 1, heads: 2, width: 16, context: 24}\n"),
          Map.entry(
              "bert-alike-layers",
              CLASSES
                      .replace("labelled", "scored")
                      .replace("spaced", "wordpiece")
                      .replace(", special_tokens: [<pad>, <unk>]", "")
                  + "task: {kind: similarity, convolution: {channels: 3, widths: [1, 3]},"
                  + " pooling: [mean, max], dense: {size: 5}}\n"
                  + "model: {family: bert, layers: 1, heads: 2, width: 16, context: 24}\n"),
          Map.entry(
              "bert-triplets",
              CLASSES
                      .replace("labelled", "triplets")
                      .replace("spaced", "wordpiece")
                      .replace(", special_tokens: [<pad>, <unk>]", "")
                  + "task: {kind: similarity, aim: triplets, pooling: max}\n"
                  + "model: {family: bert, layers: 1, heads: 2, width: 16, context: 24}\n"),
          Map.entry(
              "gpt",
              TEXT.replace("SPECIAL", "<eos>")
                  + "model: {family: gpt2, layers: 1, heads: 2, width: 16, context: 24}\n"),
          Map.entry(
              "lstm-language",
              TEXT.replace("wordpiece", "spaced").replace("SPECIAL", "<eos>")
                  + "model: {family: lstm, width: 8, layers: 2, context: 6, dropout: 0.1}\n"),
          Map.entry(
              "lstm-language-classes",
              TEXT.replace("wordpiece", "spaced").replace("SPECIAL", "<eos>")
                  + "model: {family: lstm, width: 8, context: 6, cutoffs: [5, 9]}\n"),
          Map.entry(
              "lstm-descent",
              TEXT.replace("wordpiece", "spaced").replace("SPECIAL", "<eos>")
                  + "model: {family: lstm, width: 8, context: 6}\n"),
          Map.entry(
              "elmo",
              TEXT.replace("wordpiece", "spaced").replace("SPECIAL", "<eos>")
                  + "model: {family: elmo, width: 6, hidden: 8, filters: [3, 4], said: 12, dropout:"
                  + " 0, context: 6}\n"),
          Map.entry(
              "bert-masked",
              TEXT.replace("SPECIAL", "")
                  + "task: {kind: masked, whole_words: true, copies: 2}\n"
                  + "model: {family: bert, layers: 1, heads: 2, width: 16, context: 24}\n"),
          Map.entry(
              "bert-pairs",
              TEXT.replace("SPECIAL", "")
                  + "task: {kind: masked, pairs: next}\n"
                  + "model: {family: bert, layers: 1, heads: 2, width: 16, context: 24}\n"),
          Map.entry(
              "bert-answers",
              ANSWERS
                  .replace("KIND", "wordpiece")
                  .replace("SPECIAL", "")
                  .replace("MORE", "unanswerable: true, threshold: 0.5")
                  .replace("FAMILY", "bert")),
          Map.entry(
              "bart-answers",
              ANSWERS
                  .replace("KIND", "bpe")
                  .replace("SPECIAL", "<s>, <pad>, </s>")
                  .replace("MORE", "stride: 5, unanswerable: true")
                  .replace("FAMILY", "bart")),
          Map.entry("t5-spans", SPANS),
          Map.entry("t5-adafactor", SPANS),
          Map.entry(
              "bart-noise",
              TEXT.replace("wordpiece", "bpe").replace("SPECIAL", "<s>, <pad>, </s>, <mask>")
                  + "task: {kind: denoising, rotation: true, deletion: 0.1}\n"
                  + "model: {family: bart, layers: 1, heads: 2, width: 16, context: 24}\n"),
          Map.entry(
              "bart-insertions",
              TEXT.replace("wordpiece", "bpe").replace("SPECIAL", "<s>, <pad>, </s>, <mask>")
                  + "task: {kind: denoising, infilling: 0.9, mean_length: 0}\n"
                  + "model: {family: bart, layers: 1, heads: 2, width: 16, context: 24}\n"),
          Map.entry(
              "transformer",
              PAIRS
                  + "task: {kind: translation, beams: 2}\n"
                  + "model: {family: transformer, layers: 1, heads: 2, width: 16, context: 24}\n"),
          Map.entry(
              "seq2seq",
              PAIRS
                  + "task: {kind: translation, beams: 2}\n"
                  + "model: {family: seq2seq, width: 8, attention: general, teacher_forcing:"
                  + " 0.5}\n"));

  private final Path folder;

  /**
   * Writes the texts of all recipes.
   *
   * @param folder for them, and for models
   */
  SmallRecipes(Path folder) throws IOException {
    this.folder = folder;
    StringBuilder labelled = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      labelled.append(i % 3 == 0 ? "good\tthe bird sang well " : "bad\tthe dog bit ");
      labelled.append("x ".repeat(i % 5)).append("again\n");
    }
    Files.writeString(folder.resolve("labelled.tsv"), labelled);
    Files.writeString(
        folder.resolve("numbered.tsv"),
        labelled.toString().replace("good", "4.5").replace("bad", "-1"));
    Files.writeString(
        folder.resolve("tagged.conll"),
        "the O\nold B-BIRD\nmyna I-BIRD\nsang O\nto O\nthe O\nmynas B-BIRD\n\n".repeat(12)
            + "the\tO\ncat\tO\nate\tO\n\nmynas\tB-BIRD\nsing\tO\n\n".repeat(10));
    Files.writeString(
        folder.resolve("scored.tsv"),
        "a dog ran\tthe dog ran\t4.5\na dog ran\ta bird sang\t0.5\nthe cat\ta cat\t5\n".repeat(8));
    Files.writeString(
        folder.resolve("triplets.tsv"),
        "a dog ran\tthe dog ran\ta bird sang\nthe cat\ta cat\tit rained again\n".repeat(8));
    Files.writeString(
        folder.resolve("text.txt"),
        "The bird sat on the tree. The tree sang to the bird!\nThe dog bit the cat. It ran.\n\n"
            .repeat(12));
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      asked.add(
          """
          {"context": "Bird %d 🐦 sat on the tree and sang . Then the dog %d of Bali ran .", "qas": [
            {"id": "%d-a", "question": "Who sang ?", "answers": [{"text": "Bird %d", "answer_start": 0}]},
            {"id": "%d-b", "question": "Who ran ?", "answers": [{"text": "dog %d", "answer_start": %d}]},
            {"id": "%d-c", "question": "Who slept ?", "is_impossible": true, "answers": []}]}
          """
              .formatted(i, i, i, i, i, i, i < 10 ? 45 : 46, i));
    }
    Files.writeString(
        folder.resolve("squad.json"),
        "{\"data\": [{\"paragraphs\": [%s]}]}".formatted(String.join(",", asked)));
    Files.writeString(
        folder.resolve("pairs.tsv"),
        "ein Hund\ta dog\nzwei kleine Hunde\ttwo small dogs\n".repeat(8));
  }

  /** The names of all. */
  static Stream<String> kinds() {
    return RECIPES.keySet().stream().sorted();
  }

  /** Follows a recipe to its end. */
  Outcome run(String kind, String run) {
    return run(kind, run, Start.FRESH, Integer.MAX_VALUE, new ArrayList<>(), 1);
  }

  /**
   * Follows a recipe.
   *
   * @param run the folder of the model
   * @param stopAfter so many steps
   * @param losses where the losses of the steps go
   */
  Outcome run(
      String kind, String run, Start start, int stopAfter, List<Double> losses, int threads) {
    String optimizer =
        kind.endsWith("descent") ? "sgd" : kind.endsWith("adafactor") ? "adafactor" : "adamw";
    String yaml =
        "name: test\n"
            + sections(kind)
            + """
            train: {steps: 6, batch: 4, rate: 1e-2, optimizer: %s, evaluate_every: 3, log_every: 1, precision: float32, device: cpu, threads: %d}
            sample: {tokens: 4}
            out: "%s"
            """
                .formatted(optimizer, threads, folder.resolve(run));
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepped(Step step) {
            losses.add(step.loss());
          }
        };
    return follow(yaml, listener, () -> losses.size() >= stopAfter).run(start);
  }

  /** The data, the tokenizer, the task and the model of a recipe. */
  String sections(String kind) {
    return Objects.requireNonNull(RECIPES.get(kind), kind).replace("DIR", folder.toString());
  }

  /** A run of a recipe that is written out. */
  static RecipeRun follow(String yaml, TrainingListener listener, BooleanSupplier stop) {
    return new RecipeRun(Recipe.parse("test", yaml, List.of()), Progress.NONE, listener, stop);
  }

  /** Notes what a run says of itself. */
  static TrainingListener noting(List<String> notes) {
    return new TrainingListener() {
      @Override
      public void noted(String line) {
        notes.add(line);
      }
    };
  }
}
