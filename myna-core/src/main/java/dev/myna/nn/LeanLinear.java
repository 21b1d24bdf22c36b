package dev.myna.nn;

import dev.myna.spec.Activation;
import dev.myna.tensor.DType;
import dev.myna.tensor.Device;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Linear layers side by side over one input, for training in mixed precision on the processor, with
 * a backward pass of their own that keeps little. Weights are cast again instead of kept in
 * bfloat16, and so is what is cheap to compute of the input, such as an {@link Activation},
 * computed again (Chen et al., 2016).
 */
final class LeanLinear {
  /** Elements of an output that are worth a step of the backward pass in Java. */
  private static final long LARGE = 1 << 18;

  private final List<Tensor> weights;
  private final List<Tensor> biases;
  private final @Nullable Function<List<Tensor>, Tensor> cheap;

  private LeanLinear(List<Linear> layers, @Nullable Function<List<Tensor>, Tensor> cheap) {
    weights = layers.stream().map(Linear::weight).toList();
    biases = layers.stream().map(Linear::bias).filter(Objects::nonNull).toList();
    this.cheap = cheap;
  }

  /** Whether it is of use for an input (…, X): else layers do without. */
  static boolean fits(Tensor x, Linear... layers) {
    return Precision.current() == Precision.BFLOAT16
        && Gradients.wanted()
        && x.dtype() == DType.BFLOAT16
        && x.requiresGrad()
        && x.device().equals(Device.CPU)
        && x.numel() / x.size(-1) * outputs(layers) >= LARGE
        && Arrays.stream(layers).allMatch(Linear::learns);
  }

  private static long outputs(Linear... layers) {
    return Arrays.stream(layers).mapToLong(layer -> layer.weight().size(0)).sum();
  }

  /**
   * @param given (…, X) each, in bfloat16
   * @param cheap from what is given to the input of the layers (…, in); null where it is that
   * @param layers all with a bias, or none
   * @return their outputs side by side (…, out)
   */
  static Tensor of(
      List<Tensor> given, @Nullable Function<List<Tensor>, Tensor> cheap, Linear... layers) {
    LeanLinear lean = new LeanLinear(List.of(layers), cheap);
    List<Tensor> inputs = new ArrayList<>(given);
    inputs.addAll(lean.weights);
    inputs.addAll(lean.biases);
    try (Gradients off = Gradients.off()) {
      List<Tensor> kept = given.stream().map(Tensor::detach).toList();
      return Scope.kept(() -> lean.forward(kept))
          .withBackward(inputs, kept, gradient -> lean.backward(kept, gradient));
    }
  }

  private Tensor forward(List<Tensor> given) {
    return input(given)
        .detach()
        .linear(
            Precision.BFLOAT16.remembered(weights),
            biases.isEmpty() ? null : Precision.BFLOAT16.remembered(biases));
  }

  /** Both ways by the kernels of trainings, which are the faster ones. */
  private Tensor input(List<Tensor> given) {
    if (cheap == null) {
      return given.getFirst();
    }
    given.forEach(x -> x.requiresGrad(true));
    try (Gradients on = Gradients.on()) {
      return cheap.apply(given);
    }
  }

  private List<Tensor> backward(List<Tensor> given, Tensor gradient) {
    Tensor in = input(given);
    Tensor rows = in.detach().reshape(-1, in.size(-1)); // (N, in)
    Tensor slopes = gradient.reshape(-1, gradient.size(-1)); // (N, out)
    Tensor ofWeights = slopes.transpose(0, 1).matmul(rows); // (out, in)
    Tensor ofRows =
        slopes.matmul(Precision.BFLOAT16.remembered(weights)).view(in.shape()); // (…, in)
    List<Tensor> all =
        new ArrayList<>(cheap == null ? List.of(ofRows) : Gradients.of(in, ofRows, given));
    all.addAll(parts(ofWeights, weights));
    if (!biases.isEmpty()) {
      all.addAll(parts(slopes.sum(0, false), biases));
    }
    return all;
  }

  /** What of a gradient is of each parameter, in its type. */
  private static List<Tensor> parts(Tensor gradient, List<Tensor> parameters) {
    long[] sizes = parameters.stream().mapToLong(parameter -> parameter.size(0)).toArray();
    return gradient.to(parameters.getFirst().dtype()).split(sizes, 0);
  }
}
