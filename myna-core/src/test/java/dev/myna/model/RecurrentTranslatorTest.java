package dev.myna.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myna.generate.GenerationConfig;
import dev.myna.generate.NextToken;
import dev.myna.nn.Precision;
import dev.myna.spec.AlignmentSpec;
import dev.myna.spec.AlignmentSpec.Reach;
import dev.myna.spec.AlignmentSpec.Score;
import dev.myna.spec.RecurrentSpec;
import dev.myna.task.PairBatch;
import dev.myna.task.Translator;
import dev.myna.tensor.Device;
import dev.myna.tensor.Libtorch;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import dev.myna.train.AdamW;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Recurrent encoders and decoders learn to repeat texts, and say them token by token. */
class RecurrentTranslatorTest {
  private static final int END = 1;
  private static final List<int[]> TEXTS =
      List.of(new int[] {5, 3, 8, END}, new int[] {4, 9, END}, new int[] {7, 7, 2, 6, END});

  @TempDir Path folder;

  @BeforeEach
  void oneThread() {
    Libtorch.threads(1);
  }

  static Stream<RecurrentTranslator.Spec> specs() {
    return Stream.of(
            AlignmentSpec.global(Score.NONE),
            AlignmentSpec.global(Score.ADDITIVE),
            AlignmentSpec.global(Score.DOT),
            AlignmentSpec.global(Score.GENERAL),
            AlignmentSpec.global(Score.CONCAT),
            AlignmentSpec.global(Score.LOCATION),
            new AlignmentSpec(Score.GENERAL, Reach.MONOTONIC, 2, false),
            new AlignmentSpec(Score.GENERAL, Reach.PREDICTIVE, 2, false),
            new AlignmentSpec(Score.GENERAL, Reach.GLOBAL, 0, true))
        .map(RecurrentTranslatorTest::spec);
  }

  private static RecurrentTranslator.Spec spec(AlignmentSpec alignment) {
    RecurrentSpec.Kind cell =
        alignment.score() == Score.DOT ? RecurrentSpec.Kind.LSTM : RecurrentSpec.Kind.GRU;
    return new RecurrentTranslator.Spec(11, cell, 12, 16, 1, alignment, 8, 0);
  }

  private static Translator.OfRecurrent translator(RecurrentTranslator.Spec spec) {
    return new Translator.OfRecurrent(
        SequenceModel.create(spec, List.of(), 1), new Translator.Teaching(1, 1));
  }

  private static double learnt(Translator translator, int steps) {
    AdamW optimizer = new AdamW(translator.module(), 0, 0.9, 0.99, 1e-8);
    PairBatch batch = new PairBatch(TEXTS, TEXTS, 0, 0);
    translator.module().training(true);
    double last = Double.NaN;
    for (int step = 0; step < steps; step++) {
      optimizer.zeroGrad();
      try (Scope scope = Scope.open()) {
        Tensor loss = translator.loss(batch, 0, step, Device.CPU);
        loss.backward();
        last = loss.item();
      }
      double unused = optimizer.clip(1);
      optimizer.step(3e-2);
    }
    return last;
  }

  @ParameterizedTest
  @MethodSource("specs")
  void repeatsTexts(RecurrentTranslator.Spec spec) {
    Translator.OfRecurrent translator = translator(spec);

    assertThat(learnt(translator, 100)).isLessThan(0.1);

    try (NextToken saying =
        translator.saying(TEXTS.toArray(int[][]::new), Device.CPU, Precision.FLOAT32)) {
      float[][] logits = saying.prefill(new int[][] {{0}, {0}, {0}});
      for (int t = 0; t < 2; t++) {
        int[] next = new int[TEXTS.size()];
        for (int row = 0; row < next.length; row++) {
          next[row] = best(logits[row]);
          assertThat(next[row]).as("row " + row + " token " + t).isEqualTo(TEXTS.get(row)[t]);
        }
        logits = saying.step(next);
      }
      saying.reorder(new int[] {2, 0});
      assertThat(best(saying.step(new int[] {TEXTS.get(2)[2], TEXTS.get(0)[2]})[0]))
          .isEqualTo(TEXTS.get(2)[3]);
    }
  }

  private static int best(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }

  @ParameterizedTest
  @MethodSource("specs")
  void learnsInMixedPrecision(RecurrentTranslator.Spec spec) {
    Translator.OfRecurrent translator = translator(spec);

    assertThat(Precision.BFLOAT16.call(() -> learnt(translator, 100))).isLessThan(0.15);
  }

  @Test
  void comesBackFromDisk() {
    SequenceModel made =
        SequenceModel.create(spec(AlignmentSpec.global(Score.ADDITIVE)), List.of(), 1)
            .withTokens(Map.of("eos_token_id", END));
    made.save(folder);

    SequenceModel back = SequenceModel.load(folder);

    assertThat(back.spec()).isEqualTo(made.spec());
    assertThat(GenerationConfig.read(folder).endTokens()).containsExactly(END);
    made.model()
        .parameters()
        .forEach(
            (name, parameter) -> {
              Tensor loaded = Objects.requireNonNull(back.model().parameters().get(name));
              assertThat(loaded.toFloats()).as(name).isEqualTo(parameter.toFloats());
            });
  }
}
