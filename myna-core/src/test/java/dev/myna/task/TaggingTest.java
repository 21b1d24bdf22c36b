package dev.myna.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.myna.Progress;
import dev.myna.model.Choice;
import dev.myna.model.Pretrained;
import dev.myna.model.RecurrentTagger;
import dev.myna.model.SequenceModel;
import dev.myna.model.Shape;
import dev.myna.spec.RecurrentSpec;
import dev.myna.task.Tagging.Tagged;
import dev.myna.task.Tagging.Windows;
import dev.myna.tensor.Device;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Libtorch;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import dev.myna.train.AdamW;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaggingTest {
  private static final List<String> LABELS = List.of("B-X", "I-X", "O");
  private static final int NONE = WordWindow.NONE;

  /** Ids 1 and 2 stand around texts; 5 begins an X, 6 goes on with it where 5 or 6 was before. */
  private static final List<Tagged> SENTENCES =
      List.of(
          sentence(new int[] {1, 7, 5, 6, 8, 2}, "O B-X I-X O"),
          sentence(new int[] {1, 6, 7, 2}, "O O"),
          sentence(new int[] {1, 5, 6, 6, 7, 6, 2}, "B-X I-X I-X O O"));

  @TempDir Path folder;

  @BeforeEach
  void oneThread() {
    Libtorch.threads(1);
  }

  private static Tagged sentence(int[] ids, String tags) {
    int[] words = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      words[i] = i == 0 || i == ids.length - 1 ? NONE : i - 1;
    }
    return new Tagged(List.of(new WordWindow(ids, words)), List.of(tags.split(" ")));
  }

  private static Tagger tagger(String kind) {
    if (kind.equals("bert") || kind.equals("gpt2")) {
      Shape shape = Shape.of(kind, 9, 16, 1, 2, 16).with(Choice.HEAD, Tagger.HEAD);
      Pretrained made = Pretrained.create(shape.with(Choice.LABELS, 3), 1);
      made.name(LABELS);
      return new Tagger.OfTransformer(made, 0);
    }
    RecurrentSpec layers =
        new RecurrentSpec(RecurrentSpec.Kind.LSTM, 8, 8, 1, kind.equals("bilstm"), 0);
    return new Tagger.OfRecurrent(
        SequenceModel.create(new RecurrentTagger.Spec(9, layers, 3, 0), LABELS, 1));
  }

  private static Tagging task(Tagger tagger, int rows, boolean balanced) {
    TaskSettings settings = new TaskSettings(rows, 16, 0, java.util.Optional.empty(), 1);
    return new Tagging(tagger, SENTENCES, SENTENCES, settings, balanced);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert", "gpt2", "bilstm", "lstm"})
  void aBatchIsLearnedByHeart(String kind) {
    Tagging task = task(tagger(kind), 3, kind.equals("bilstm"));
    task.model().training(true);
    try (AdamW optimizer = new AdamW(task.model(), 0, 0.9, 0.99, 1e-8)) {
      for (int step = 0; step < 200; step++) {
        try (Scope scope = Scope.open()) {
          optimizer.zeroGrad();
          task.loss(task.batch(step), Device.CPU).backward();
          optimizer.step(2e-2);
        }
      }
    }
    task.model().training(false);
    try (Gradients off = Gradients.off()) {
      Evaluation found = task.evaluate(Device.CPU, Progress.NONE);
      assertThat(found.figures().stream().map(Evaluation.Figure::name))
          .containsExactly(
              "entity_f1", "entity_precision", "entity_recall", "accuracy", "validation_loss");
      assertThat(found.deciding().value()).isEqualTo(1);
      assertThat(found.loss()).isBetween(0.0, 0.05);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert", "gpt2", "bilstm", "lstm"})
  void textsSideBySideAreTaggedAsAlone(String kind) {
    Tagger tagger = tagger(kind);
    tagger.module().training(false);
    List<int[]> rows = SENTENCES.stream().map(s -> s.windows().getFirst().ids()).toList();
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      Tensor together = tagger.scores(new Padded(rows), Device.CPU); // (3, 7, 3)
      assertThat(together.shape()).containsExactly(3, 7, 3);
      for (int row = 0; row < 3; row++) {
        int length = rows.get(row).length;
        Tensor alone = tagger.scores(new Padded(List.of(rows.get(row))), Device.CPU);
        assertThat(together.narrow(0, row, 1).narrow(1, 0, length).reshape(-1).toFloats())
            .containsExactly(alone.reshape(-1).toFloats(), within(1e-5f));
      }
    }
  }

  @Test
  void theLossIsTheMeanOverWords() {
    Tagger tagger = tagger("bert");
    tagger.module().training(false);
    Tagging task = task(tagger, 3, false);
    Windows batch = task.batch(0);
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      double nats = 0;
      for (Tagged sentence : SENTENCES) {
        WordWindow window = sentence.windows().getFirst();
        float[] logs =
            tagger
                .scores(new Padded(List.of(window.ids())), Device.CPU)
                .logSoftmax(-1)
                .reshape(-1)
                .toFloats();
        for (int token = 0; token < window.ids().length; token++) {
          int word = window.words()[token];
          nats -= word == NONE ? 0 : logs[token * 3 + LABELS.indexOf(sentence.tags().get(word))];
        }
      }
      assertThat(batch.counted()).isEqualTo(11);
      assertThat(task.loss(batch, Device.CPU).item()).isCloseTo(nats / 11, within(1e-5));
      double parts =
          task.parts(batch, 2).stream()
              .mapToDouble(part -> part.weight() * task.loss(part.batch(), Device.CPU).item())
              .sum();
      assertThat(task.parts(batch, 2)).hasSize(2);
      assertThat(parts).isCloseTo(nats / 11, within(1e-5));
    }
  }

  @Test
  void balancedTagsWeighAlike() {
    Tagger tagger = tagger("lstm");
    Tagging task = task(tagger, 3, true);
    Windows batch = task.batch(0);
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      float[] logs =
          tagger.scores(batch.padded(), Device.CPU).logSoftmax(-1).reshape(-1).toFloats();
      double[] nats = new double[3];
      int longest = batch.padded().longest();
      for (int row = 0; row < 3; row++) {
        int[] targets = batch.targets().get(row);
        for (int token = 0; token < targets.length; token++) {
          if (targets[token] >= 0) {
            nats[targets[token]] -= logs[(row * longest + token) * 3 + targets[token]];
          }
        }
      }
      // Of the tags there are 2, 3 and 6.
      assertThat(task.loss(batch, Device.CPU).item())
          .isCloseTo((nats[0] / 2 + nats[1] / 3 + nats[2] / 6) / 3, within(1e-5));
      assertThat(task.parts(batch, 2)).hasSize(1);
    }
  }

  @Test
  void wordsThatAreNotReadAndTagsThatAreNotKnownAreMissed() {
    Tagger tagger = tagger("bert");
    tagger.module().training(false);
    int[] ids = {1, 7, 2};
    List<Tagged> sentences =
        List.of(
            new Tagged(
                List.of(new WordWindow(ids, new int[] {NONE, 1, NONE})),
                List.of("B-X", "I-Y", "O")),
            new Tagged(List.of(), List.of("O", "O")));
    try (Gradients off = Gradients.off()) {
      Evaluation found = Tagging.judge(tagger, sentences, 2, Device.CPU, Progress.NONE);

      // Said are O, whatever the model says, O and O, O: three of five are right.
      assertThat(found.figure("accuracy")).hasValue(0.6);
      assertThat(found.figure("entity_recall")).hasValue(0.0);
    }
    List<Tagged> unknown = List.of(sentence(new int[] {1, 7, 2}, "B-Y"));
    TaskSettings settings = new TaskSettings(1, 16, 0, java.util.Optional.empty(), 1);
    assertThatThrownBy(() -> new Tagging(tagger, unknown, SENTENCES, settings, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found B-Y");
  }

  @Test
  void aFolderOfAnyKindIsReadAgain() {
    for (String kind : List.of("bert", "bilstm")) {
      Tagger tagger = tagger(kind);
      tagger.module().training(false);
      Path own = folder.resolve(kind);
      assertThat(own.toFile().mkdirs()).isTrue();
      tagger.save(own);

      Tagger back = Tagger.load(own, 0);

      back.module().training(false);
      Padded padded = new Padded(List.of(new int[] {1, 5, 6, 2}));
      assertThat(back.labels()).isEqualTo(LABELS);
      try (Scope scope = Scope.open();
          Gradients off = Gradients.off()) {
        assertThat(back.scores(padded, Device.CPU).reshape(-1).toFloats())
            .containsExactly(tagger.scores(padded, Device.CPU).reshape(-1).toFloats());
      }
    }
  }

  @Test
  void whatTagsNothingIsRefused() {
    Shape answers = Shape.of("bert", 9, 16, 1, 2, 16).with(Choice.HEAD, "ForQuestionAnswering");
    Pretrained.create(answers, 1).save(folder);

    assertThatThrownBy(() -> Tagger.load(folder, 0))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("BertForQuestionAnswering");
  }
}
