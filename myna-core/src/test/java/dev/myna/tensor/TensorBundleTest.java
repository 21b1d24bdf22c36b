package dev.myna.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBundleTest {
  @TempDir Path folder;

  private Path written() throws IOException {
    Map<String, BundleFile.Values> tensors = new TreeMap<>();
    for (int i = 0; i < 40; i++) {
      tensors.put("layer_%d/kernel".formatted(i), new BundleFile.Values(new float[] {i, -i}, 2, 1));
    }
    tensors.put("scalar", new BundleFile.Values(new float[] {7}));
    tensors.put("none", new BundleFile.Values(new float[0], 0, 3));
    return BundleFile.write(folder, "weights", tensors);
  }

  @Test
  void namesAreJoinedFromWhatTheyShare() throws IOException {
    try (TensorBundle bundle = TensorBundle.open(written())) {
      assertThat(bundle.names()).hasSize(42).contains("layer_0/kernel", "layer_39/kernel");
      for (int i = 0; i < 40; i++) {
        String name = "layer_%d/kernel".formatted(i);
        assertThat(bundle.shape(name)).containsExactly(2, 1);
        assertThat(bundle.tensor(name).toFloats()).containsExactly(i, -i);
      }
      assertThat(bundle.tensor("scalar").item()).isEqualTo(7);
      assertThat(bundle.tensor("none").numel()).isZero();
      assertThatThrownBy(() -> bundle.tensor("absent"))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("no tensor absent");
    }
  }

  @Test
  void refusesAnIndexCutAnywhere() throws IOException {
    Path index = written();
    byte[] whole = Files.readAllBytes(index);
    for (int length = 0; length < whole.length; length++) {
      Files.write(index, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> TensorBundle.open(index))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("weights.index");
    }
  }

  @Test
  void refusesEveryFlippedBitOfTheBlocks() throws IOException {
    Path index = written();
    byte[] whole = Files.readAllBytes(index);
    for (int at = 0; at < whole.length - 48; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 1;
      Files.write(index, flipped);
      assertThatThrownBy(() -> TensorBundle.open(index))
          .as("byte %d", at)
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("weights.index");
    }
  }

  @Test
  void refusesElementsThatAreCutOrChanged() throws IOException {
    Path index = written();
    Path data = folder.resolve("weights.data-00000-of-00001");
    byte[] whole = Files.readAllBytes(data);
    Files.write(data, Arrays.copyOf(whole, whole.length - 1));
    assertThatThrownBy(() -> TensorBundle.open(index))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("lies outside");

    byte[] flipped = whole.clone();
    flipped[1] ^= 1;
    Files.write(data, flipped);
    try (TensorBundle bundle = TensorBundle.open(index)) {
      assertThatThrownBy(() -> bundle.tensor("layer_0/kernel"))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("checksum");
    }

    Files.delete(data);
    assertThatThrownBy(() -> TensorBundle.open(index))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("there is no such file");
  }
}
