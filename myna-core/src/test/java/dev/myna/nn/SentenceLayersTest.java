package dev.myna.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.myna.spec.Activation;
import dev.myna.spec.Pooling;
import dev.myna.spec.SentenceSpec;
import dev.myna.tensor.DType;
import dev.myna.tensor.Device;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Random;
import dev.myna.tensor.Safetensors;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/**
 * The layers behind an encoder; the convolutions against {@code torch.nn.Conv1d} (2.13), whose
 * results are kept.
 */
class SentenceLayersTest {
  private static final SentenceSpec ALL =
      new SentenceSpec(
          List.of(
              new SentenceSpec.Convolutions(3, List.of(1, 3, 5)),
              new SentenceSpec.Pool(
                  List.of(
                      new Pooling.First(),
                      new Pooling.Max(),
                      new Pooling.Mean(),
                      new Pooling.MeanByRoot(),
                      new Pooling.WeightedMean(),
                      new Pooling.Last(OptionalInt.empty()))),
              new SentenceSpec.Dense(7, true, Activation.TANH),
              new SentenceSpec.Normalize()));

  private static Tensor there(int[] lengths, int longest) {
    boolean[] there = new boolean[lengths.length * longest];
    for (int row = 0; row < lengths.length; row++) {
      Arrays.fill(there, row * longest, row * longest + lengths[row], true);
    }
    return Tensor.of(there, lengths.length, longest);
  }

  private static Tensor ids(int rows, int length) {
    return Tensor.of(new int[rows * length], rows, length);
  }

  private static SentenceLayers layers() {
    SentenceLayers layers = new SentenceLayers(ALL, 4);
    Random random = Random.seeded(3);
    try (Gradients off = Gradients.off()) {
      layers.parameters().values().forEach(p -> p.copy_(random.normal(p.shape()).mul(0.3)));
    }
    return layers;
  }

  @Test
  void convolutionsSayWhatTorchSays() throws URISyntaxException {
    Path file =
        Path.of(
            Objects.requireNonNull(SentenceLayersTest.class.getResource("convolutions.safetensors"))
                .toURI());
    try (Scope scope = Scope.open();
        Safetensors kept = Safetensors.open(file)) {
      Tensor x = kept.tensor("x").copy().requiresGrad(true); // (2, 6, 4)
      SentenceLayer layer = SentenceLayer.of(new SentenceSpec.Convolutions(3, List.of(1, 3, 5)), 4);
      try (Gradients off = Gradients.off()) {
        layer.parameters().forEach((name, p) -> p.copy_(kept.tensor("weights." + name)));
      }

      Tensor y = layer.forward(x, ids(2, 6), there(new int[] {6, 6}, 6));

      assertThat(y.sub(kept.tensor("y")).abs().max().item()).isLessThan(1e-6);
      Tensor slope = Gradients.of(y.pow(2).sum(), List.of(x)).getFirst();
      assertThat(slope.sub(kept.tensor("slope")).abs().max().item()).isLessThan(1e-5);
    }
  }

  @Test
  void aTextAmongLongerOnesHasTheVectorThatItHasAlone() {
    try (Scope scope = Scope.open()) {
      SentenceLayers layers = layers();
      Tensor x = Random.seeded(1).normal(3, 6, 4);
      int[] lengths = {6, 1, 4};

      Tensor all = layers.forward(x, ids(3, 6), there(lengths, 6)); // (3, 7)

      assertThat(all.shape()).containsExactly(3, 7);
      for (int row = 0; row < 3; row++) {
        int length = lengths[row];
        Tensor alone =
            layers.forward(
                x.narrow(0, row, 1).narrow(1, 0, length),
                ids(1, length),
                there(new int[] {length}, length));
        assertThat(all.narrow(0, row, 1).sub(alone).abs().max().item()).isLessThan(1e-6);
        assertThat(alone.pow(2).sum().item()).isCloseTo(1, within(1e-6));
      }
    }
  }

  @Test
  void everyWayOfPoolingIsWhatItIsCalled() {
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(new float[] {1, 5, 3, -1, 99, 99}, 1, 3, 2);
      Tensor there = there(new int[] {2}, 3);
      List<Pooling> ways =
          List.of(
              new Pooling.First(),
              new Pooling.Max(),
              new Pooling.Mean(),
              new Pooling.MeanByRoot(),
              new Pooling.WeightedMean(),
              new Pooling.Last(OptionalInt.empty()));
      float root = (float) Math.sqrt(2);

      Tensor pooled =
          new SentenceLayers(new SentenceSpec(List.of(new SentenceSpec.Pool(ways))), 2)
              .forward(x, ids(1, 3), there);

      assertThat(pooled.toFloats())
          .containsExactly(
              new float[] {1, 5, 3, 5, 2, 2, 4 / root, 4 / root, 7f / 3, 1, 3, -1}, within(1e-6f));
    }
  }

  @Test
  void aGradientReachesEveryParameter() {
    SentenceLayers layers = layers();
    for (Precision precision : Precision.values()) {
      try (Scope scope = Scope.open()) {
        Tensor x = Random.seeded(2).normal(2, 5, 4).requiresGrad(true);
        List<Tensor> all = new ArrayList<>(layers.parameters().values());
        all.add(x);

        List<Tensor> slopes =
            precision.call(
                () -> {
                  Tensor y = layers.forward(x, ids(2, 5), there(new int[] {5, 3}, 5));
                  assertThat(y.dtype()).isEqualTo(DType.FLOAT32);
                  return Gradients.of(y.mul(Tensor.range(1, 8, Device.CPU)).sum(), all);
                });

        assertThat(slopes).allMatch(slope -> slope.abs().max().item() > 0);
        assertThat(layers.parameters().keySet())
            .containsExactly(
                "1.convs.0.weight",
                "1.convs.0.bias",
                "1.convs.1.weight",
                "1.convs.1.bias",
                "1.convs.2.weight",
                "1.convs.2.bias",
                "3.linear.weight",
                "3.linear.bias");
      }
    }
  }
}
