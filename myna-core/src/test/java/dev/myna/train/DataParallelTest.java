package dev.myna.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.myna.model.Pretrained;
import dev.myna.model.Shape;
import dev.myna.nn.Precision;
import dev.myna.task.Batch;
import dev.myna.task.NextToken;
import dev.myna.task.Task;
import dev.myna.tensor.Device;
import dev.myna.tensor.Libtorch;
import dev.myna.tensor.Tensor;
import dev.myna.text.corpus.Shards;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataParallelTest {
  private static final int LENGTH = 6;

  private final int[] ids = {1, 2, 3, 4, 5, 6, 2, 3, 4, 5, 6, 7, 7, 6, 5, 4, 3, 2};
  private final int[] targets = {2, 3, 4, -100, -100, -100, 3, 4, 5, 6, 7, 8, -100, 5, 4, 3, 2, 1};

  @TempDir Path folder;
  private PreparedText text;

  @BeforeEach
  void prepare() throws IOException {
    text = PreparedText.in(folder);
  }

  @AfterEach
  void oneThread() {
    Libtorch.threads(1);
  }

  private Pretrained model(double dropout) {
    Pretrained made =
        Pretrained.create(
            Shape.of("gpt2", text.vocabulary(), LENGTH, 2, 2, 8).withDropout(dropout), 1);
    made.model().training(true);
    return made;
  }

  private record Outcome(double loss, Map<String, float[]> gradients) {}

  private Outcome backward(Pretrained made, int threads) {
    made.model().parameters().values().forEach(Tensor::clearGrad);
    TrainConfig config = TrainConfig.of("threads=" + threads);
    try (Shards training = text.prepared().openTraining();
        Shards heldOut = text.prepared().openHeldOut()) {
      NextToken task = new NextToken(made, training, heldOut, config.settings(LENGTH, 1));
      try (var gradient = new DataParallel<>(task, config, Device.CPU, Precision.FLOAT32, 5)) {
        double loss = gradient.backward(new Batch(ids, targets, 3), 7, 0.5);
        Map<String, float[]> gradients = new LinkedHashMap<>();
        made.model()
            .parameters()
            .forEach((name, p) -> gradients.put(name, Objects.requireNonNull(p.grad()).toFloats()));
        return new Outcome(loss, gradients);
      }
    }
  }

  @Test
  void partsGiveTheLossAndGradientOfTheWhole() {
    Pretrained made = model(0);
    Outcome whole = backward(made, 1);
    Outcome apart = backward(made, 2);

    assertThat(apart.loss()).isCloseTo(whole.loss(), within(1e-6));
    whole
        .gradients()
        .forEach(
            (name, gradient) ->
                assertThat(apart.gradients().get(name))
                    .as(name)
                    .usingComparatorWithPrecision(1e-6f)
                    .containsExactly(gradient));
  }

  @Test
  void dropoutOfPartsFollowsFromSeedAndNumber() {
    Pretrained made = model(0.3);

    assertThat(backward(made, 2).loss()).isEqualTo(backward(made, 2).loss());
    assertThat(backward(made, 2).loss()).isNotEqualTo(backward(model(0), 2).loss());
  }

  @Test
  void aBatchFallsApartByTheTargetsThatCount() {
    List<Task.Part<Batch>> parts = new Batch(ids, targets, 3).parts(2);

    assertThat(parts).extracting(part -> part.batch().rows()).containsExactly(1, 2);
    assertThat(parts).extracting(Task.Part::weight).containsExactly(3 / 14.0, 11 / 14.0);
    assertThat(new Batch(ids, targets, 3).parts(8)).hasSize(3);
    assertThat(new Batch(ids, targets, 3).parts(1)).hasSize(1);
  }

  @Test
  void whatAPartThrowsIsThrown() {
    ids[0] = text.vocabulary();

    assertThatThrownBy(() -> backward(model(0), 2)).hasMessageContaining("embedding");
  }
}
