package dev.myna.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.model.Pretrained;
import dev.myna.model.Shape;
import dev.myna.task.Evaluation;
import dev.myna.task.NextToken;
import dev.myna.tensor.CheckpointException;
import dev.myna.tensor.Libtorch;
import dev.myna.tensor.Tensor;
import dev.myna.text.corpus.Prepared;
import dev.myna.text.corpus.Shards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A GPT of two layers learns a small text, is stopped, goes on, and comes back from disk. */
class TrainerTest {
  private static final int CONTEXT = 16;

  @TempDir Path folder;
  private Prepared prepared;
  private int vocabulary;

  @BeforeEach
  void prepare() throws IOException {
    Libtorch.threads(1);
    PreparedText text = PreparedText.in(folder);
    prepared = text.prepared();
    vocabulary = text.vocabulary();
  }

  private record Run(
      List<Double> losses, List<Long> evaluated, List<Long> saved, TrainingResult result) {}

  /** Trains in a folder; stops after {@code stopAfter} further steps. */
  private Run train(String name, int stopAfter, boolean resume, String... settings) {
    Path run = folder.resolve(name);
    Optional<Path> from = resume ? Checkpoints.last(run) : Optional.empty();
    from.ifPresent(Checkpoints::verify);
    Pretrained model =
        from.map(Pretrained::load)
            .orElseGet(
                () ->
                    Pretrained.create(
                        Shape.of("gpt2", vocabulary, CONTEXT, 2, 2, 32).withDropout(0.1), 1));
    List<Double> losses = new ArrayList<>();
    List<Long> evaluated = new ArrayList<>();
    List<Long> saved = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stepped(Step step) {
            losses.add(step.loss());
            assertThat(step.utilisation()).isPositive().isFinite();
          }

          @Override
          public void evaluated(long step, Evaluation evaluation, boolean best) {
            evaluated.add(step);
          }

          @Override
          public void saved(long step, Path checkpoint) {
            if (checkpoint.endsWith("last")) {
              saved.add(step);
            }
          }
        };
    String[] all = new String[settings.length + 4];
    System.arraycopy(settings, 0, all, 0, settings.length);
    all[settings.length] = "batch=4";
    all[settings.length + 1] = "accumulation=2";
    all[settings.length + 2] = "evaluate_every=10";
    all[settings.length + 3] = "precision=float32";
    try (Shards training = prepared.openTraining();
        Shards heldOut = prepared.openHeldOut()) {
      TrainConfig config = TrainConfig.of(all);
      Trainer<?> trainer =
          new Trainer<>(
              config,
              new NextToken(model, training, heldOut, config.settings(CONTEXT, 3)),
              new Checkpoints(run, f -> {}),
              listener,
              3,
              () -> losses.size() >= stopAfter);
      return new Run(losses, evaluated, saved, trainer.run(from));
    }
  }

  @Test
  void learns() {
    Run run = train("a", Integer.MAX_VALUE, false, "steps=60", "rate=0.01", "warmup=5");

    assertThat(run.result().steps()).isEqualTo(60);
    assertThat(run.losses().getFirst()).isGreaterThan(2.5);
    assertThat(run.result().evaluation().loss()).isLessThan(1.5);
    assertThat(Checkpoints.model(folder.resolve("a"))).isEqualTo(folder.resolve("a/best"));
  }

  /** What a full disk or a damaged held-out text does is seen before hours have gone into it. */
  @Test
  void evaluatesAndSavesBeforeTheFirstStep() {
    Run first = train("start", 13, false, "steps=23");
    Run second = train("start", Integer.MAX_VALUE, true, "steps=23");

    assertThat(first.evaluated()).containsExactly(0L, 10L);
    assertThat(first.saved()).containsExactly(0L, 10L, 13L);
    assertThat(second.evaluated()).containsExactly(20L, 23L);
    assertThat(second.saved()).containsExactly(20L, 23L);
  }

  @Test
  void goesOnAsIfItHadNeverStopped() {
    Run whole = train("whole", Integer.MAX_VALUE, false, "steps=30", "rate=0.01");
    Run first = train("parts", 13, false, "steps=30", "rate=0.01");
    Run second = train("parts", Integer.MAX_VALUE, true, "steps=30", "rate=0.01");

    assertThat(first.result().stopped()).isTrue();
    assertThat(first.losses()).isEqualTo(whole.losses().subList(0, 13));
    assertThat(second.losses()).isEqualTo(whole.losses().subList(13, 30));
    assertThat(second.result().evaluation()).isEqualTo(whole.result().evaluation());
  }

  @Test
  void goesOnExactlyOnTwoThreadsToo() {
    String[] settings = {"steps=12", "rate=0.01", "threads=2"};
    Run whole = train("whole2", Integer.MAX_VALUE, false, settings);
    Run first = train("parts2", 5, false, settings);
    Run second = train("parts2", Integer.MAX_VALUE, true, settings);

    assertThat(first.losses()).isEqualTo(whole.losses().subList(0, 5));
    assertThat(second.losses()).isEqualTo(whole.losses().subList(5, 12));
  }

  @Test
  void aDamagedCheckpointIsRefusedByNameAndTheOneBeforeStays() throws IOException {
    Run unused = train("d", 20, false, "steps=30");
    Path last = Checkpoints.last(folder.resolve("d")).orElseThrow();
    for (String file : List.of("model.safetensors", "config.json", "training/state.safetensors")) {
      byte[] whole = Files.readAllBytes(last.resolve(file));
      byte[] flipped = whole.clone();
      flipped[whole.length / 2] ^= 4;
      Files.write(last.resolve(file), flipped);
      assertThatThrownBy(() -> Checkpoints.verify(last))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining(file)
          .hasMessageContaining("previous");
      Files.write(last.resolve(file), Arrays.copyOf(whole, whole.length - 1));
      assertThatThrownBy(() -> Checkpoints.verify(last)).hasMessageContaining(file);
      Files.write(last.resolve(file), whole);
    }
    Checkpoints.verify(last);
    Checkpoints.verify(folder.resolve("d/previous"));
  }

  @Test
  void stopsWhereItNoLongerGetsBetter() {
    Run run =
        train("e", Integer.MAX_VALUE, false, "steps=400", "rate=1e-12", "patience=2", "clip=0");

    assertThat(run.result().steps()).isLessThan(400);
    assertThat(run.result().stopped()).isFalse();
  }

  @Test
  void leavesNothingBehindInNativeMemory() {
    Run warm = train("f", 3, false, "steps=30");
    assertThat(warm.losses()).hasSize(3);
    List<Long> live = new ArrayList<>();
    Pretrained model = Pretrained.create(Shape.of("gpt2", vocabulary, CONTEXT, 2, 2, 32), 1);
    try (Shards training = prepared.openTraining();
        Shards heldOut = prepared.openHeldOut()) {
      TrainConfig config = TrainConfig.of("steps=200", "batch=2", "evaluate_every=50");
      TrainingResult result =
          new Trainer<>(
                  config,
                  new NextToken(model, training, heldOut, config.settings(CONTEXT, 3)),
                  new Checkpoints(folder.resolve("g"), f -> {}),
                  new TrainingListener() {
                    @Override
                    public void stepped(Step step) {
                      live.add(Tensor.live());
                    }
                  },
                  3,
                  () -> false)
              .run(Optional.empty());
      assertThat(result.steps()).isEqualTo(200);
    }
    // Fewer is possible: models of other tests may be collected meanwhile.
    assertThat(live.get(199)).isLessThanOrEqualTo(live.get(60));
  }
}
