package dev.myna.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.myna.nn.Loss;
import dev.myna.nn.Module;
import dev.myna.nn.Precision;
import dev.myna.nn.Recurrent;
import dev.myna.spec.RecurrentSpec;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Random;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import dev.myna.train.AdamW;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Recurrent and convolutional models. */
class SequenceModelsTest {
  private static final int VOCABULARY = 19;

  private static Tensor ids() {
    return Tensor.of(new int[] {3, 5, 7, 2, 9, 4, 11, 6}, 2, 4);
  }

  private static <M extends Module> M fresh(M model) {
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      Random random = Random.seeded(5);
      model.parameters().values().forEach(p -> p.copy_(random.normal(p.shape()).mul(0.3)));
    }
    return model;
  }

  private static double learnt(Module model, Supplier<Tensor> loss) {
    AdamW optimizer = new AdamW(model, 0, 0.9, 0.99, 1e-8);
    double last = Double.NaN;
    for (int step = 0; step < 120; step++) {
      optimizer.zeroGrad();
      try (Scope scope = Scope.open()) {
        Tensor mean = loss.get();
        mean.backward();
        last = mean.item();
      }
      double unused = optimizer.clip(1);
      optimizer.step(1e-2);
    }
    return last;
  }

  @ParameterizedTest
  @EnumSource(RecurrentSpec.Kind.class)
  void aRecurrentLanguageModelLearnsABatchByHeart(RecurrentSpec.Kind kind) {
    RecurrentSpec layers = new RecurrentSpec(kind, 16, 16, 2, false, 0.2);
    List<Integer> cutoffs = kind == RecurrentSpec.Kind.LSTM ? List.of(4, 8) : List.of();
    RecurrentModel model =
        fresh(
            new RecurrentModel(
                RecurrentModel.Spec.language(VOCABULARY, layers, true, 0.2, cutoffs)));

    double loss =
        learnt(
            model,
            () ->
                model.loss(
                    model.forward(ids(), model.start(2)).hidden(),
                    Tensor.of(new int[] {5, 7, 2, 1, 4, 11, 6, 1}, 8),
                    0));

    assertThat(loss).isLessThan(0.1);
  }

  @Test
  void aTextReadInTwoPartsGivesWhatItGivesWhole() {
    RecurrentSpec layers = new RecurrentSpec(RecurrentSpec.Kind.LSTM, 8, 12, 2, false, 0);
    RecurrentModel model =
        fresh(
            new RecurrentModel(
                RecurrentModel.Spec.language(VOCABULARY, layers, false, 0, List.of())));
    try (Scope scope = Scope.open()) {
      Recurrent.State state = model.forward(ids().narrow(1, 0, 2), model.start(2)).state();
      Tensor second = model.forward(ids().narrow(1, 2, 2), state.detach()).hidden();
      Tensor whole = model.forward(ids(), model.start(2)).hidden().narrow(1, 2, 2);

      assertThat(second.sub(whole).abs().max().item()).isCloseTo(0, within(1e-5));
    }
  }

  @ParameterizedTest
  @EnumSource(RecurrentModel.Pooled.class)
  void aRecurrentClassifierSeesNothingBehindTheEndOfAText(RecurrentModel.Pooled pooled) {
    RecurrentModel model = classifier(pooled);
    Tensor other = Tensor.of(new int[] {3, 5, 7, 17, 9, 4, 11, 6}, 2, 4);
    try (Scope scope = Scope.open()) {
      Tensor one = model.classify(ids(), new int[] {3, 4});
      Tensor same = model.classify(other, new int[] {3, 4});

      Tensor alone = model.classify(ids().narrow(0, 0, 1).narrow(1, 0, 3), new int[] {3});

      assertThat(one.shape()).containsExactly(2, 3);
      assertThat(one.toFloats()).isEqualTo(same.toFloats());
      assertThat(one.select(0, 0).toFloats())
          .usingComparatorWithPrecision(1e-6f)
          .containsExactly(alone.select(0, 0).toFloats());
    }
  }

  @ParameterizedTest
  @EnumSource(RecurrentModel.Pooled.class)
  void aRecurrentClassifierLearnsABatchByHeart(RecurrentModel.Pooled pooled) {
    RecurrentModel model = classifier(pooled);

    double loss =
        learnt(
            model,
            () ->
                Loss.crossEntropy(
                    model.classify(ids(), new int[] {3, 4}), Tensor.of(new int[] {2, 0}, 2)));

    assertThat(loss).isLessThan(0.05);
  }

  @ParameterizedTest
  @EnumSource(RecurrentModel.Pooled.class)
  void aRecurrentClassifierLearnsInBfloat16(RecurrentModel.Pooled pooled) {
    RecurrentModel model = classifier(pooled);
    Tensor labels = Tensor.of(new int[] {2, 0}, 2);

    double loss =
        learnt(
            model,
            () ->
                Precision.BFLOAT16.call(
                    () -> Loss.crossEntropy(model.classify(ids(), new int[] {3, 4}), labels)));

    assertThat(loss).isLessThan(0.05);
  }

  private static RecurrentModel classifier(RecurrentModel.Pooled pooled) {
    RecurrentSpec layers = new RecurrentSpec(RecurrentSpec.Kind.GRU, 8, 6, 1, true, 0);
    return fresh(new RecurrentModel(RecurrentModel.Spec.labels(VOCABULARY, layers, 3, 0, pooled)));
  }

  @ParameterizedTest
  @EnumSource(TextCnn.Channels.class)
  void aConvolutionalClassifierLearnsABatchByHeart(TextCnn.Channels channels) {
    TextCnn model =
        fresh(new TextCnn(new TextCnn.Spec(VOCABULARY, 8, List.of(2, 3), 6, 2, channels, 0.5)));
    float[] before = model.tokens().weight().toFloats();

    double loss =
        learnt(
            model, () -> Loss.crossEntropy(model.forward(ids()), Tensor.of(new int[] {0, 1}, 2)));

    assertThat(loss).isLessThan(0.05);
    boolean changed = !Arrays.equals(before, model.tokens().weight().toFloats());
    assertThat(changed).isEqualTo(channels != TextCnn.Channels.STATIC);
  }

  @Test
  void aTiedModelMustFit() {
    RecurrentSpec layers = new RecurrentSpec(RecurrentSpec.Kind.LSTM, 8, 12, 2, false, 0);

    assertThatThrownBy(() -> RecurrentModel.Spec.language(VOCABULARY, layers, true, 0, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found states of 12, embeddings of 8");
  }
}
