package dev.myna.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.myna.model.Pretrained;
import dev.myna.model.Shape;
import dev.myna.nn.Module;
import dev.myna.nn.Precision;
import dev.myna.task.Batch;
import dev.myna.task.Evaluation;
import dev.myna.task.Objective;
import dev.myna.task.Task;
import dev.myna.tensor.Device;
import dev.myna.tensor.Libtorch;
import dev.myna.tensor.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DataParallelTest {
  private static final int LENGTH = 6;

  private final int[] ids = {1, 2, 3, 4, 5, 6, 2, 3, 4, 5, 6, 7, 7, 6, 5, 4, 3, 2};
  private final int[] targets = {2, 3, 4, -100, -100, -100, 3, 4, 5, 6, 7, 8, -100, 5, 4, 3, 2, 1};

  /** Rows apart, or whole; a batch whose first id is 0 fails. */
  private record OneBatch(Pretrained pretrained, boolean apart) implements Task<Batch> {
    @Override
    public Module model() {
      return pretrained.model();
    }

    @Override
    public Batch batch(long number) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Part<Batch>> parts(Batch batch, int most) {
      if (!apart) {
        return Part.whole(batch);
      }
      Batch first = rows(batch, 0, 1);
      Batch rest = rows(batch, 1, batch.rows());
      return List.of(new Part<>(first, 3 / 14.0), new Part<>(rest, 11 / 14.0));
    }

    private static Batch rows(Batch batch, int from, int to) {
      return new Batch(
          java.util.Arrays.copyOfRange(batch.ids(), from * LENGTH, to * LENGTH),
          java.util.Arrays.copyOfRange(batch.targets(), from * LENGTH, to * LENGTH),
          to - from);
    }

    @Override
    public Tensor loss(Batch batch, Device device) {
      if (batch.ids()[0] == 0) {
        throw new IllegalArgumentException("no zero");
      }
      return Objective.NEXT_TOKEN.loss(pretrained.model(), batch, device);
    }

    @Override
    public Evaluation evaluate(Device device) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void save(Path folder) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long elements() {
      return 1;
    }
  }

  @AfterEach
  void oneThread() {
    Libtorch.threads(1);
  }

  private static Pretrained model(double dropout) {
    Pretrained made =
        Pretrained.create(Shape.of("gpt2", 9, LENGTH, 2, 2, 8).withDropout(dropout), 1);
    made.model().training(true);
    return made;
  }

  private record Outcome(double loss, Map<String, float[]> gradients) {}

  private Outcome backward(Pretrained made, boolean apart) {
    made.model().parameters().values().forEach(Tensor::clearGrad);
    Task<Batch> task = new OneBatch(made, apart);
    TrainConfig config = TrainConfig.of("threads=2");
    try (var gradient = new DataParallel<>(task, config, Device.CPU, Precision.FLOAT32, 5)) {
      double loss = gradient.backward(new Batch(ids, targets, 3), 7, 0.5);
      Map<String, float[]> gradients = new LinkedHashMap<>();
      made.model()
          .parameters()
          .forEach((name, p) -> gradients.put(name, Objects.requireNonNull(p.grad()).toFloats()));
      return new Outcome(loss, gradients);
    }
  }

  @Test
  void partsGiveTheLossAndGradientOfTheWhole() {
    Pretrained made = model(0);
    Outcome whole = backward(made, false);
    Outcome apart = backward(made, true);

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

    assertThat(backward(made, true).loss()).isEqualTo(backward(made, true).loss());
    assertThat(backward(made, true).loss()).isNotEqualTo(backward(model(0), true).loss());
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
    ids[0] = 0;

    assertThatThrownBy(() -> backward(model(0), true)).hasMessage("no zero");
  }
}
