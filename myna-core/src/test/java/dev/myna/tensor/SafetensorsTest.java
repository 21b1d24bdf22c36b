package dev.myna.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
  @TempDir Path folder;

  private Path written() {
    Path file = folder.resolve("a.safetensors");
    Safetensors.write(
        file,
        Map.of(
            "w", Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3),
            "half", Tensor.of(new float[] {1.5f}).to(DType.BFLOAT16),
            "none", Tensor.zeros(0, 3),
            "ids", Tensor.of(new long[] {7, 8})),
        Map.of());
    return file;
  }

  @Test
  void readsBackWhatItWrote() {
    try (Safetensors read = Safetensors.open(written())) {
      assertThat(read.names()).containsExactlyInAnyOrder("w", "half", "none", "ids");
      assertThat(read.tensor("w").toFloats()).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(read.shape("w")).containsExactly(2, 3);
      assertThat(read.tensor("half").dtype()).isEqualTo(DType.BFLOAT16);
      assertThat(read.tensor("half").toFloats()).containsExactly(1.5f);
      assertThat(read.tensor("ids").toLongs()).containsExactly(7, 8);
      assertThat(read.tensor("none").numel()).isZero();
      assertThat(read.metadata()).containsEntry("format", "pt");
    }
  }

  @Test
  void refusesAFileCutAnywhere() throws IOException {
    byte[] whole = Files.readAllBytes(written());
    Path cut = folder.resolve("cut.safetensors");
    for (int length = 0; length < whole.length; length++) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Safetensors.open(cut))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("cut.safetensors");
    }
  }

  @Test
  void refusesEveryFlippedBitOfTheElements() throws IOException {
    byte[] whole = Files.readAllBytes(written());
    Path flipped = folder.resolve("flipped.safetensors");
    int elements = whole.length - (24 + 2 + 16);
    for (int bit = elements * 8; bit < whole.length * 8; bit++) {
      byte[] copy = whole.clone();
      copy[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(flipped, copy);
      assertThatThrownBy(() -> Safetensors.open(flipped))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("flipped.safetensors");
    }
  }

  @Test
  void shardsAreReadThroughTheirIndex() {
    Map<String, Tensor> tensors =
        Map.of("a", Tensor.ones(4), "b", Tensor.zeros(4), "c", Tensor.ones(2));
    Weights.write(folder, tensors, 17);

    assertThat(folder.resolve("model-00003-of-00003.safetensors")).exists();
    try (Weights weights = Weights.open(folder)) {
      assertThat(weights.names()).containsExactlyInAnyOrder("a", "b", "c");
      assertThat(weights.tensor("a").toFloats()).containsExactly(1, 1, 1, 1);
    }
  }

  @Test
  void sayWhatToDoWithAPickle() throws IOException {
    Files.write(folder.resolve("pytorch_model.bin"), new byte[] {1});

    assertThatThrownBy(() -> Weights.open(folder))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("safe_serialization");
  }
}
