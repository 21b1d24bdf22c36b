package dev.myna.nn;

import dev.myna.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Filters that slide over a text (Kim, 2014): one linear layer over the K positions, side by side,
 * that stand under a filter.
 *
 * <p>libtorch's own {@code conv1d} is not used: its results were wrong on some processors (see
 * {@code docs/log.md}).
 */
public final class Convolution extends Module {
  private final Tensor weight;
  private final Tensor bias;

  /**
   * @param in C
   * @param filters F
   * @param width K, positions that a filter sees
   */
  public Convolution(int in, int filters, int width) {
    weight = parameter("weight", filters, in, width);
    bias = parameter("bias", filters);
  }

  /**
   * @param x (B, T, C), in whose type the product is computed
   * @param padding zeros on both sides; T and twice the padding are at least K
   * @return (B, T + 2 padding − K + 1, F)
   */
  public Tensor forward(Tensor x, int padding) {
    int width = (int) weight.size(2);
    Tensor around = padding == 0 ? x : padded(x, padding);
    long places = around.size(1) - width + 1; // P
    List<Tensor> seen =
        IntStream.range(0, width).mapToObj(k -> around.narrow(1, k, places)).toList(); // (B, P, C)
    Tensor filters = weight.transpose(1, 2).reshape(weight.size(0), -1); // (F, K · C)
    return Tensor.cat(seen, 2).linear(filters.to(x.dtype()), bias.to(x.dtype())); // (B, P, F)
  }

  private static Tensor padded(Tensor x, int padding) {
    Tensor zeros = Tensor.zeros(x.dtype(), x.device(), x.size(0), padding, x.size(2));
    return Tensor.cat(List.of(zeros, x, zeros), 1);
  }

  /** (F, C, K). */
  public Tensor weight() {
    return weight;
  }

  /** (F). */
  public Tensor bias() {
    return bias;
  }
}
