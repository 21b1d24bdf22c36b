package dev.myna.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.myna.spec.RecurrentSpec;
import dev.myna.tensor.DType;
import dev.myna.tensor.Device;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Random;
import dev.myna.tensor.RecurrentKernel;
import dev.myna.tensor.RecurrentSteps;
import dev.myna.tensor.Safetensors;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recurrent layers and convolutions against {@code torch.nn} (2.13), whose results are kept. */
class RecurrentTest {
  private static final double NEAR = 1e-6;
  private static final int IN = 5;
  private static final int WIDTH = 4;

  private Scope scope = Scope.open();
  private Safetensors kept = open();

  private static Safetensors open() {
    try {
      return Safetensors.open(
          Path.of(
              Objects.requireNonNull(RecurrentTest.class.getResource("recurrent.safetensors"))
                  .toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void begin() {
    scope.close();
    scope = Scope.open();
    kept.close();
    kept = open();
  }

  @AfterEach
  void end() {
    kept.close();
    scope.close();
  }

  @ParameterizedTest
  @EnumSource(RecurrentSpec.Kind.class)
  void inBfloat16StatesAndGradientsAreNearThoseInFloat32(RecurrentSpec.Kind kind) {
    Recurrent layers = new Recurrent(new RecurrentSpec(kind, 16, 32, 2, false, 0));
    Random random = Random.seeded(2);
    try (Gradients off = Gradients.off()) {
      layers.weights().forEach(w -> w.copy_(random.normal(w.shape()).mul(0.2)));
    }
    Tensor x = random.normal(3, 7, 16).requiresGrad(true);

    Recurrent.Result exact = layers.forward(x, layers.start(3, x));
    Tensor slope = Gradients.of(exact.outputs().pow(2).mean(), List.of(x)).getFirst();
    Recurrent.Result near = Precision.BFLOAT16.call(() -> layers.forward(x, layers.start(3, x)));
    Tensor nearSlope = Gradients.of(near.outputs().pow(2).mean(), List.of(x)).getFirst();

    assertThat(near.outputs().dtype()).isEqualTo(DType.FLOAT32);
    assertThat(near.state().hidden().dtype()).isEqualTo(DType.FLOAT32);
    double largest = exact.outputs().abs().max().item();
    double off = near.outputs().sub(exact.outputs()).abs().max().item();
    assertThat(off).isBetween(1e-6, 0.05 * largest);
    double share =
        kind == RecurrentSpec.Kind.RELU ? 0.3 : 0.1; // a kink is on one side or the other
    assertThat(nearSlope.sub(slope).abs().max().item())
        .isLessThan(share * slope.abs().max().item());
  }

  static Stream<Arguments> layers() {
    return Stream.of(RecurrentSpec.Kind.values())
        .flatMap(kind -> Stream.of(Arguments.of(kind, false), Arguments.of(kind, true)));
  }

  private Recurrent layer(RecurrentSpec.Kind kind, boolean deep) {
    Recurrent layer =
        new Recurrent(new RecurrentSpec(kind, IN, WIDTH, deep ? 2 : 1, deep, deep ? 0.5 : 0));
    try (Gradients off = Gradients.off()) {
      layer.parameters().forEach((name, p) -> p.copy_(kept.tensor(prefix(kind, deep) + name)));
    }
    return layer;
  }

  private static String prefix(RecurrentSpec.Kind kind, boolean deep) {
    return kind.name().toLowerCase(Locale.ROOT) + (deep ? ".deep." : ".plain.");
  }

  private void assertSame(Tensor found, String name) {
    Tensor wanted = kept.tensor(name);
    assertThat(found.shape()).as(name).isEqualTo(wanted.shape());
    assertThat(found.sub(wanted).abs().max().item()).as(name).isLessThan(NEAR);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void computesWhatTorchComputes(RecurrentSpec.Kind kind, boolean deep) {
    Recurrent layer = layer(kind, deep);
    Tensor x = kept.tensor("x");

    Recurrent.Result result = layer.forward(x, layer.start(x.size(0), x));

    assertSame(result.outputs(), prefix(kind, deep) + "outputs");
    for (int i = 0; i < result.state().tensors().size(); i++) {
      assertSame(result.state().tensors().get(i), prefix(kind, deep) + "state" + i);
    }
  }

  @ParameterizedTest
  @MethodSource("layers")
  void readsEachTextToItsOwnEnd(RecurrentSpec.Kind kind, boolean deep) {
    Recurrent.Result result =
        layer(kind, deep).forward(kept.tensor("x"), kept.tensor("lengths").toInts());

    assertSame(result.outputs(), prefix(kind, deep) + "packed");
    for (int i = 0; i < result.state().tensors().size(); i++) {
      assertSame(result.state().tensors().get(i), prefix(kind, deep) + "packed_state" + i);
    }
  }

  @ParameterizedTest
  @MethodSource("layers")
  void gradientsAreTorchs(RecurrentSpec.Kind kind, boolean deep) {
    Recurrent layer = layer(kind, deep);
    Tensor x = kept.tensor("x");
    layer.forward(x, layer.start(x.size(0), x)).outputs().pow(2).sum().backward();

    Tensor weight = Objects.requireNonNull(layer.parameters().get("weight_hh_l0"));
    Tensor wanted = kept.tensor(prefix(kind, deep) + "gradient");
    Tensor found = Objects.requireNonNull(weight.grad());
    assertThat(found.sub(wanted).abs().max().item()).isLessThan(1e-5);
  }

  @ParameterizedTest
  @EnumSource(RecurrentSpec.Kind.class)
  void aCarriedStateContinuesTheText(RecurrentSpec.Kind kind) {
    Recurrent layer = layer(kind, false);
    Tensor x = kept.tensor("x");

    Recurrent.Result first = layer.forward(x.narrow(1, 0, 4), layer.start(3, x));
    Recurrent.Result second = layer.forward(x.narrow(1, 4, 2), first.state().detach());

    Tensor whole = layer.forward(x, layer.start(3, x)).outputs();
    assertThat(second.outputs().sub(whole.narrow(1, 4, 2)).abs().max().item()).isLessThan(NEAR);
  }

  @Test
  void countsParametersByTheFormula() {
    Recurrent lstm = new Recurrent(new RecurrentSpec(RecurrentSpec.Kind.LSTM, 7, 9, 1, false, 0));
    Recurrent gru = new Recurrent(new RecurrentSpec(RecurrentSpec.Kind.GRU, 7, 9, 2, true, 0));

    // Four gates, with two biases each as torch.nn has them.
    assertThat(lstm.parameterCount()).isEqualTo(4 * (9 * 7 + 9 * 9 + 9 + 9));
    assertThat(gru.parameterCount())
        .isEqualTo(2 * 3 * (9 * 7 + 9 * 9 + 18) + 2 * 3 * (9 * 18 + 9 * 9 + 18));
  }

  @Test
  void convolvesAsTorchDoes() {
    Convolution convolution = new Convolution(IN, 7, 3);
    try (Gradients off = Gradients.off()) {
      convolution.weight().copy_(kept.tensor("convolution.weight"));
      convolution.bias().copy_(kept.tensor("convolution.bias"));
    }

    assertSame(convolution.forward(kept.tensor("x"), 1), "convolution.outputs");
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 20, 32, 48})
  void withoutGradientsReadsTheSame(int width) {
    Random random = Random.seeded(3);
    for (RecurrentSpec.Kind kind : RecurrentSpec.Kind.values()) {
      Recurrent layers = new Recurrent(new RecurrentSpec(kind, 12, width, 2, true, 0));
      try (Gradients off = Gradients.off()) {
        layers.weights().forEach(w -> w.copy_(random.normal(w.shape()).mul(0.3)));
      }
      Tensor x = random.normal(3, 5, 12);
      Recurrent.State begun = // 4 of 2 layers in 2 directions
          new Recurrent.State(
              layers.start(3, x).tensors().stream()
                  .map(state -> random.normal(state.shape()))
                  .toList());
      Recurrent.Result wanted = layers.forward(x, begun);

      Recurrent.Result found;
      try (Gradients off = Gradients.off()) {
        found = layers.forward(x, begun);
      }

      assertThat(found.outputs().sub(wanted.outputs()).abs().max().item()).isLessThan(1e-5);
      for (int i = 0; i < begun.tensors().size(); i++) {
        Tensor state = found.state().tensors().get(i);
        assertThat(state.sub(wanted.state().tensors().get(i)).abs().max().item()).isLessThan(1e-5);
      }
    }
  }

  /** Large enough for the steps in Java, which small layers do not take. */
  @ParameterizedTest
  @EnumSource(RecurrentSpec.Kind.class)
  void largeStacksReadAndLearnAsLibtorchDoes(RecurrentSpec.Kind kind) {
    int width = kind == RecurrentSpec.Kind.LSTM || kind == RecurrentSpec.Kind.GRU ? 128 : 224;
    RecurrentKernel kernel = RecurrentKernel.values()[kind.ordinal()];
    assertThat(RecurrentSteps.fits(kernel, Device.CPU, 20 * 19, 19, width)).isTrue();
    Recurrent layers = new Recurrent(new RecurrentSpec(kind, 12, width, 2, true, 0));
    Random random = Random.seeded(6);
    try (Gradients off = Gradients.off()) {
      layers.weights().forEach(w -> w.copy_(random.normal(w.shape()).mul(0.06)));
    }
    Tensor x = random.normal(20, 19, 12).requiresGrad(true);
    Recurrent.State begun =
        new Recurrent.State(
            layers.start(20, x).tensors().stream().map(s -> random.normal(s.shape())).toList());
    List<Tensor> leaves = new ArrayList<>(layers.weights());
    leaves.add(x);
    RecurrentKernel.Result wanted =
        kernel.run(x, begun.tensors(), layers.weights(), new RecurrentKernel.Stacking(2, 0, true));
    List<Tensor> slopes = slopes(wanted.outputs(), wanted.states(), leaves);

    Recurrent.Result found = layers.forward(x, begun);
    assertNear(found.outputs(), wanted.outputs());
    List<Tensor> ours = slopes(found.outputs(), found.state().tensors(), leaves);
    for (int i = 0; i < leaves.size(); i++) {
      assertNear(ours.get(i), slopes.get(i));
    }
    try (Gradients off = Gradients.off()) {
      Recurrent.Result read = layers.forward(x, begun);
      assertNear(read.outputs(), wanted.outputs());
      for (int i = 0; i < begun.tensors().size(); i++) {
        assertNear(read.state().tensors().get(i), wanted.states().get(i));
      }
    }
  }

  private static List<Tensor> slopes(Tensor outputs, List<Tensor> states, List<Tensor> leaves) {
    Tensor sum = outputs.pow(2).sum();
    for (Tensor state : states) {
      sum = sum.add(state.pow(2).sum());
    }
    return Gradients.of(sum, leaves);
  }

  private static void assertNear(Tensor found, Tensor wanted) {
    assertThat(found.shape()).isEqualTo(wanted.shape());
    double largest = Math.max(1, wanted.abs().max().item());
    assertThat(found.sub(wanted).abs().max().item()).isLessThan(1e-4 * largest);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void aFilterIsASumOverThePositionsUnderIt(int width) {
    int in = 12;
    int filters = 7;
    int length = 9;
    Convolution convolution = new Convolution(in, filters, width);
    Random random = Random.seeded(4);
    try (Gradients off = Gradients.off()) {
      convolution.parameters().values().forEach(p -> p.copy_(random.normal(p.shape())));
    }
    Tensor x = random.normal(5, length, in);

    float[] found = convolution.forward(x, 0).toFloats();

    float[] texts = x.toFloats();
    float[] weight = convolution.weight().toFloats();
    float[] bias = convolution.bias().toFloats();
    int places = length - width + 1;
    for (int i = 0; i < found.length; i++) {
      int filter = i % filters;
      int text = i / filters / places;
      int place = i / filters % places;
      double sum = bias[filter];
      for (int channel = 0; channel < in; channel++) {
        for (int k = 0; k < width; k++) {
          sum +=
              weight[(filter * in + channel) * width + k]
                  * texts[(text * length + place + k) * in + channel];
        }
      }
      assertThat(found[i]).isCloseTo((float) sum, within(1e-4f));
    }
  }
}
