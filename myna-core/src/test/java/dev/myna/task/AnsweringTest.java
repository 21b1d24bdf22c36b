package dev.myna.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.myna.Progress;
import dev.myna.model.Choice;
import dev.myna.model.Pretrained;
import dev.myna.model.Shape;
import dev.myna.task.AnswerWindow.Target;
import dev.myna.task.Answering.Asked;
import dev.myna.task.Answering.Taught;
import dev.myna.tensor.Device;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Libtorch;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loss of answers, batches of several lengths, and how a model is judged. */
class AnsweringTest {
  private static final TaskSettings SETTINGS = new TaskSettings(4, 16, 0, Optional.empty(), 1);

  @BeforeEach
  void oneThread() {
    Libtorch.threads(1);
  }

  private static SpanModel model(String family) {
    Pretrained made =
        Pretrained.create(
            Shape.of(family, 40, 24, 1, 2, 16)
                .with(Choice.HEAD, Optional.of("ForQuestionAnswering"))
                .with(Choice.PADDING, 1),
            7);
    made.model().training(false);
    return SpanModel.of(made, 1);
  }

  /** [CLS] q q [SEP] and a passage of so many words of two characters. */
  private static AnswerWindow window(int words, int seed) {
    int[] ids = new int[4 + words];
    byte[] kinds = new byte[ids.length];
    int[] starts = new int[words];
    int[] ends = new int[words];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = 2 + (i * 7 + seed * 5) % 38;
      kinds[i] = (byte) (i < 4 ? 0 : 1);
    }
    for (int i = 0; i < words; i++) {
      starts[i] = 3 * i;
      ends[i] = 3 * i + 2;
    }
    return new AnswerWindow(ids, kinds, 4, 0, starts, ends);
  }

  private static Answering.Texts batch(List<AnswerWindow> windows, List<Target> targets) {
    List<Taught> rows = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      rows.add(new Taught(windows.get(i).ids(), windows.get(i).kinds(), targets.get(i)));
    }
    return Answering.Texts.of(rows);
  }

  private static Answering task(SpanModel model, List<Asked> heldOut) {
    AnswerWindow one = window(3, 0);
    return new Answering(
        model,
        List.of(new Taught(one.ids(), one.kinds(), Target.NONE)),
        heldOut,
        SETTINGS,
        BestSpans.Rule.USUAL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert", "roberta", "distilbert", "gpt2", "llama", "qwen2", "bart", "t5"})
  void windowsSideBySideAreWhatTheyAreAlone(String family) {
    List<AnswerWindow> windows = List.of(window(9, 1), window(3, 2), window(6, 3));
    List<Target> targets = List.of(new Target(5, 7), Target.NONE, new Target(9, 9));
    Answering task = task(model(family), List.of());
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      double together = task.loss(batch(windows, targets), Device.CPU).item();
      double alone = 0;
      for (int i = 0; i < windows.size(); i++) {
        Answering.Texts one = batch(windows.subList(i, i + 1), targets.subList(i, i + 1));
        alone += task.loss(one, Device.CPU).item() / windows.size();
      }
      assertThat(together).isCloseTo(alone, within(1e-5));
      assertThat(together).isBetween(0.5, 6.0);

      double parts = 0;
      List<Task.Part<Answering.Texts>> apart = task.parts(batch(windows, targets), 2);
      assertThat(apart).hasSize(2);
      for (Task.Part<Answering.Texts> part : apart) {
        parts += part.weight() * task.loss(part.batch(), Device.CPU).item();
      }
      assertThat(parts).isCloseTo(together, within(1e-5));
    }
  }

  @Test
  void theLossIsTheMeanOfTheCrossEntropiesOfBothEnds() {
    SpanModel model = model("bert");
    AnswerWindow window = window(5, 1);
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      Tensor scores =
          model.scores(
              new Padded(List.of(window.ids())), List.of(window.kinds()), Device.CPU); // (2, 1, 9)
      float[] all = scores.logSoftmax(-1).toFloats();
      double loss =
          task(model, List.of())
              .loss(batch(List.of(window), List.of(new Target(5, 7))), Device.CPU)
              .item();

      assertThat(loss).isCloseTo(-(all[5] + all[9 + 7]) / 2.0, within(1e-5));
    }
  }

  @Test
  void kindsOfTextAreTold() {
    SpanModel model = model("bert");
    assertThat(model.knowsKinds()).isTrue();
    assertThat(model("roberta").knowsKinds()).isFalse();
    AnswerWindow window = window(5, 1);
    Padded texts = new Padded(List.of(window.ids()));
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      float[] told = model.scores(texts, List.of(window.kinds()), Device.CPU).toFloats();
      float[] one = model.scores(texts, List.of(new byte[9]), Device.CPU).toFloats();

      assertThat(told).isNotEqualTo(one);
    }
  }

  @Test
  void questionsAreJudgedAsSquadDoes() {
    SpanModel model = model("bert");
    String passage = "aa bb cc dd ee";
    Reading reading = new Reading(passage, List.of(window(5, 1)));
    String said =
        model
            .find(
                List.of(reading),
                BestSpans.Rule.USUAL,
                4,
                Device.CPU,
                Progress.NONE,
                SpanModel.Said.NOTHING)
            .getFirst()
            .text(passage);
    List<Asked> asked =
        List.of(
            new Asked(reading, List.of(Target.NONE), List.of("xx", "the " + said + ".")),
            new Asked(reading, List.of(Target.NONE), List.of(said + " xx")),
            new Asked(reading, List.of(Target.NONE), List.of("xx")));
    try (Gradients off = Gradients.off()) {
      Evaluation judged = task(model, asked).evaluate(Device.CPU, Progress.NONE);
      int words = said.split(" ").length;
      double partly = 2.0 * words / (2 * words + 1);

      assertThat(judged.deciding().name()).isEqualTo("f1");
      assertThat(judged.deciding().smallerIsBetter()).isFalse();
      assertThat(judged.figure("f1").orElseThrow()).isCloseTo(100 * (1 + partly) / 3, within(1e-9));
      assertThat(judged.figure("exact_match").orElseThrow()).isCloseTo(100 / 3.0, within(1e-9));
      double loss =
          task(model, asked)
              .loss(batch(reading.windows(), List.of(Target.NONE)), Device.CPU)
              .item();
      assertThat(judged.loss()).isCloseTo(loss, within(1e-5));
    }
  }

  @Test
  void anotherHeadIsRefused(@TempDir Path folder) {
    Pretrained tagger =
        Pretrained.create(
            Shape.of("bert", 40, 24, 1, 2, 16)
                .with(Choice.HEAD, Optional.of("ForTokenClassification"))
                .with(Choice.LABELS, 2),
            1);
    tagger.save(folder);

    assertThatThrownBy(() -> SpanModel.load(folder, 0))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("BertForTokenClassification")
        .hasMessageContaining("task.kind: answers");
  }
}
