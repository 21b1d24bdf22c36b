package dev.myna.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.tensor.CheckpointException;
import dev.myna.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Llama2cTest {
  private static final int WIDTH = 8;
  private static final int FEED_FORWARD = 12;
  private static final int LAYERS = 2;
  private static final int VOCABULARY = 10;
  private static final int CONTEXT = 16;

  /** Width 8, 2 heads of 4, 1 key head: every number is its place in the file. */
  private static byte[] model() {
    int layer = 2 * WIDTH * WIDTH + 2 * 4 * WIDTH + 3 * FEED_FORWARD * WIDTH + 2 * WIDTH;
    int numbers = VOCABULARY * WIDTH + LAYERS * layer + WIDTH + CONTEXT * 4;
    ByteBuffer out =
        ByteBuffer.allocate(7 * Integer.BYTES + numbers * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int size : new int[] {WIDTH, FEED_FORWARD, LAYERS, 2, 1, VOCABULARY, CONTEXT}) {
      out.putInt(size);
    }
    for (int i = 0; i < numbers; i++) {
      out.putFloat(i);
    }
    return out.array();
  }

  private static float first(Pretrained model, String name, int row) {
    Tensor weight = Objects.requireNonNull(model.model().parameters().get("decoder." + name), name);
    return weight.dim() == 1 ? weight.toFloats()[row] : weight.toFloats()[row * WIDTH];
  }

  @Test
  void kindsLieOneAfterAnotherForAllLayers(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("model.bin"), model());

    Pretrained read = Llama2c.read(file);

    int norms = VOCABULARY * WIDTH;
    assertThat(first(read, "tokens.weight", 9)).isEqualTo(9 * WIDTH);
    assertThat(first(read, "blocks.1.attentionNorm.weight", 0)).isEqualTo(norms + WIDTH);
    int queries = norms + LAYERS * WIDTH;
    int values = queries + LAYERS * (WIDTH * WIDTH + 4 * WIDTH);
    assertThat(first(read, "blocks.1.attention.value.weight", 1))
        .isEqualTo(values + 4 * WIDTH + WIDTH);
    assertThat(read.config().get("tie_word_embeddings").asBoolean()).isTrue();
  }

  @Test
  void rowsThatRotateTogetherAreHalfAHeadApart(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("model.bin"), model());

    Pretrained read = Llama2c.read(file);

    int queries = VOCABULARY * WIDTH + LAYERS * WIDTH;
    int[] order = {0, 2, 1, 3, 4, 6, 5, 7};
    for (int row = 0; row < order.length; row++) {
      assertThat(first(read, "blocks.0.attention.query.weight", row))
          .isEqualTo(queries + order[row] * WIDTH);
    }
  }

  @Test
  void cutOrForeignFilesAreRefused(@TempDir Path folder) throws IOException {
    byte[] whole = model();
    Path cut = Files.write(folder.resolve("cut.bin"), Arrays.copyOf(whole, 1000));
    Path foreign = Files.write(folder.resolve("foreign.bin"), new byte[64]);

    assertThatThrownBy(() -> Llama2c.read(cut))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("cut.bin")
        .hasMessageContaining("1,000");
    assertThatThrownBy(() -> Llama2c.read(foreign))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("sizes");
  }
}
