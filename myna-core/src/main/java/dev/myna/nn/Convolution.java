package dev.myna.nn;

import dev.myna.tensor.Tensor;

/** Filters that slide over a text (Kim, 2014). */
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
   * @param x (B, T, C)
   * @param padding zeros on both sides; T and twice the padding are at least K
   * @return (B, T + 2 padding − K + 1, F)
   */
  public Tensor forward(Tensor x, int padding) {
    return x.transpose(1, 2).convolve(weight, bias, padding).transpose(1, 2);
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
