package dev.myna.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.model.Pretrained;
import dev.myna.model.Shape;
import dev.myna.task.NextToken;
import dev.myna.tensor.Device;
import dev.myna.text.corpus.ShardWriter;
import dev.myna.text.corpus.Shards;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much of a large text is read to judge a model. */
class EvaluationSizeTest {
  private static final int TOKENS = 1_200_000;

  @TempDir Path folder;

  /** Ends an evaluation before its first batch. */
  private static final class Planned extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long batches;

    Planned(long batches) {
      this.batches = batches;
    }
  }

  private long batches(String... settings) {
    Path file = folder.resolve("shard");
    try (ShardWriter writer = new ShardWriter(file, 10, "none")) {
      writer.write(new int[TOKENS], TOKENS, TOKENS, TOKENS, 1);
      writer.finish();
    }
    Pretrained model = Pretrained.create(Shape.of("gpt2", 10, 8, 1, 1, 4), 1);
    TrainConfig config = TrainConfig.of(settings);
    long[] planned = new long[1];
    try (Shards text = Shards.open(file, "none")) {
      NextToken task = new NextToken(model, text, text, config.settings(1_000, 1));
      assertThatThrownBy(
              () ->
                  task.evaluate(
                      Device.CPU,
                      (what, done, total) -> {
                        throw new Planned(total);
                      }))
          .isInstanceOfSatisfying(Planned.class, stop -> planned[0] = stop.batches);
    }
    return planned[0];
  }

  @Test
  void halfAMillionTokensUnlessSaidOtherwise() {
    assertThat(batches("batch=10")).isEqualTo(51);
    assertThat(batches("batch=10", "evaluate_batches=7")).isEqualTo(7);
    assertThat(batches("batch=10", "evaluate_batches=0")).isEqualTo(121);
  }
}
