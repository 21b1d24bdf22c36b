package dev.myna.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.myna.nn.Loss;
import dev.myna.nn.Module;
import dev.myna.spec.CharacterSpec;
import dev.myna.spec.RecurrentSpec;
import dev.myna.tensor.CheckpointException;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import dev.myna.train.AdamW;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElmoTest {
  private static final int LONGEST = 6;
  private static final Elmo.Spec SPEC =
      new Elmo.Spec(new CharacterSpec(LONGEST, 4, List.of(3, 5, 4), 2), 6, 9, 2, 20, 0.1);

  private static <S extends SequenceSpec> SequenceModel fresh(S spec) {
    return SequenceModel.create(spec, List.of(), 3);
  }

  private static Elmo elmo() {
    return (Elmo) fresh(SPEC).model();
  }

  private static ElmoClassifier classifier() {
    RecurrentSpec layers = new RecurrentSpec(RecurrentSpec.Kind.LSTM, 5, 7, 1, true, 0);
    return (ElmoClassifier)
        fresh(
                new ElmoClassifier.Spec(
                    SPEC,
                    RecurrentModel.Spec.labels(20, layers, 3, 0.2, RecurrentModel.Pooled.MAX)))
            .model();
  }

  /** Word n is spelled by three characters that n decides; places are as given. */
  private static Elmo.Spelled spelled(int rows, int... places) {
    int[] characters = new int[20 * LONGEST];
    for (int word = 0; word < 20; word++) {
      int[] letters = {257, 1 + word % 7, 1 + word / 3, 258, 0, 0};
      System.arraycopy(letters, 0, characters, word * LONGEST, LONGEST);
    }
    return new Elmo.Spelled(
        Tensor.of(characters, 20, LONGEST), Tensor.of(places, rows, places.length / rows));
  }

  private static float[] at(Tensor layer, int row, int place, boolean back) {
    long half = layer.size(2) / 2;
    return layer.select(0, row).select(0, place).narrow(0, back ? half : 0, half).toFloats();
  }

  @Test
  void eachDirectionSeesOnlyWhatItHasRead() {
    Elmo model = elmo();
    try (Scope scope = Scope.open()) {
      int[] length = {5};
      List<Tensor> one = model.layers(spelled(1, 3, 7, 2, 9, 4), length);
      List<Tensor> other = model.layers(spelled(1, 3, 7, 11, 9, 4), length);

      assertThat(one).hasSize(3).allSatisfy(t -> assertThat(t.shape()).containsExactly(1, 5, 12));
      for (int layer = 1; layer < 3; layer++) {
        for (int place = 0; place < 5; place++) {
          boolean sameAhead =
              Arrays.equals(
                  at(one.get(layer), 0, place, false), at(other.get(layer), 0, place, false));
          boolean sameBack =
              Arrays.equals(
                  at(one.get(layer), 0, place, true), at(other.get(layer), 0, place, true));
          assertThat(sameAhead).as("layer %d, place %d", layer, place).isEqualTo(place < 2);
          assertThat(sameBack).as("layer %d, place %d", layer, place).isEqualTo(place > 2);
        }
      }
    }
  }

  @Test
  void nothingBehindTheEndOfATextChangesIt() {
    Elmo model = elmo();
    try (Scope scope = Scope.open()) {
      List<Tensor> both = model.layers(spelled(2, 3, 7, 2, 0, 0, 5, 1, 8, 6, 4), new int[] {3, 5});
      List<Tensor> alone = model.layers(spelled(1, 3, 7, 2), new int[] {3});
      for (int layer = 0; layer < 3; layer++) {
        Tensor part = both.get(layer).narrow(0, 0, 1).narrow(1, 0, 3);
        assertThat(part.sub(alone.get(layer)).abs().max().item()).isCloseTo(0, within(1e-6));
      }
    }

    ElmoClassifier classifier = classifier();
    try (Scope scope = Scope.open()) {
      Tensor padded =
          classifier.classify(
              Tensor.of(new int[] {3, 7, 2, 0, 5, 1, 8, 6}, 2, 4),
              new int[] {3, 4},
              spelled(2, 3, 7, 2, 0, 5, 1, 8, 6));
      Tensor alone =
          classifier.classify(
              Tensor.of(new int[] {3, 7, 2}, 1, 3), new int[] {3}, spelled(1, 3, 7, 2));
      assertThat(padded.shape()).containsExactly(2, 3);
      assertThat(padded.narrow(0, 0, 1).sub(alone).abs().max().item()).isCloseTo(0, within(1e-6));
    }
  }

  private static double learnt(Module model, Supplier<Tensor> loss) {
    AdamW optimizer = new AdamW(model, 0, 0.9, 0.99, 1e-8);
    double last = Double.NaN;
    for (int step = 0; step < 200; step++) {
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

  @Test
  void bothDirectionsLearnABatchByHeartByAllTheirParameters() {
    Elmo model = elmo();
    Supplier<Tensor> loss =
        () ->
            model.loss(
                spelled(2, 3, 7, 2, 9, 4, 11, 6, 5),
                Tensor.of(new int[] {3, 7, 2, 9, 4, Loss.IGNORED, 6, 5}, 2, 4),
                0);

    assertThat(learnt(model, loss)).isLessThan(0.1);

    model
        .parameters()
        .forEach((name, parameter) -> assertThat(parameter.hasGrad()).as(name).isTrue());
  }

  @Test
  void aClassifierLearnsWhileItsElmoStays() {
    ElmoClassifier model = classifier();
    Elmo trained = elmo();
    model.take(trained);
    float[] words = parameter(model, "language.words.projection.weight").toFloats();
    float[] mix = parameter(model, "mix.weights").toFloats();
    assertThat(words).isEqualTo(parameter(trained, "words.projection.weight").toFloats());

    double loss =
        learnt(
            model,
            () ->
                Loss.crossEntropy(
                    model.classify(
                        Tensor.of(new int[] {3, 7, 2, 0, 5, 1, 8, 6}, 2, 4),
                        new int[] {3, 4},
                        spelled(2, 3, 7, 2, 0, 5, 1, 8, 6)),
                    Tensor.of(new int[] {2, 0}, 2)));

    assertThat(loss).isLessThan(0.05);
    assertThat(parameter(model, "language.words.projection.weight").toFloats()).isEqualTo(words);
    assertThat(parameter(model, "mix.weights").toFloats()).isNotEqualTo(mix);
    model
        .parameters()
        .forEach(
            (name, parameter) ->
                assertThat(parameter.hasGrad()).as(name).isEqualTo(!name.startsWith("language.")));
  }

  private static Tensor parameter(Module model, String name) {
    Tensor parameter = model.parameters().get(name);
    if (parameter == null) {
      throw new AssertionError(name + " is not among " + model.parameters().keySet());
    }
    return parameter;
  }

  @Test
  void aFolderGivesBackWhatWasStored(@TempDir Path folder) {
    SequenceModel stored = fresh(SPEC).withTokens(Map.of("eos_token_id", 1));
    stored.save(folder);

    SequenceModel read = SequenceModel.load(folder);

    assertThat(read.spec()).isEqualTo(SPEC);
    assertThat(read.tokens()).containsEntry("eos_token_id", 1);
    try (Scope scope = Scope.open()) {
      float[] wanted =
          ((Elmo) stored.model()).layers(spelled(1, 3, 7), new int[] {2}).getLast().toFloats();
      assertThat(((Elmo) read.model()).layers(spelled(1, 3, 7), new int[] {2}).getLast().toFloats())
          .isEqualTo(wanted);
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Elmo.Spec other = new Elmo.Spec(SPEC.characters(), 5, 9, 2, 20, 0);

    assertThatThrownBy(() -> classifier().take(other.make()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("an ELMo of the sizes");
    assertThatThrownBy(() -> new CharacterSpec(2, 4, List.of(3), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("room for their marks");
    assertThatThrownBy(() -> new Elmo.Spec(SPEC.characters(), 9, 9, 2, 20, 0).make())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("smaller than the state");
    assertThatThrownBy(() -> SequenceModel.load(Path.of("nowhere")))
        .isInstanceOf(CheckpointException.class);
  }
}
