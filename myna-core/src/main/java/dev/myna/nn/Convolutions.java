package dev.myna.nn;

import dev.myna.spec.SentenceSpec;
import dev.myna.tensor.DType;
import dev.myna.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Filters of several widths that slide over the hidden states of a text, side by side, without an
 * activation: the module {@code CNN} of sentence-transformers. Each width is odd and sees as many
 * tokens before as behind, so that there are as many answers as tokens.
 *
 * <p>Beyond both ends of a text there are zeros, for a text alone as there. What the encoder makes
 * of padding counts as zero too, so that a text among others has the vector that it has alone; the
 * reference does not mask it, and there the last tokens of the shorter texts of a batch see what
 * stands in the padding.
 */
final class Convolutions extends SentenceLayer {
  private final List<Convolution> convolutions = new ArrayList<>();

  /**
   * @param in C
   */
  Convolutions(SentenceSpec.Convolutions spec, int in) {
    for (int i = 0; i < spec.widths().size(); i++) {
      convolutions.add(
          child("convs." + i, new Convolution(in, spec.filters(), spec.widths().get(i))));
    }
  }

  /**
   * @param x (B, T, C)
   * @return (B, T, F), of each width in turn
   */
  @Override
  Tensor forward(Tensor x, Tensor ids, Tensor there) {
    Tensor seen = Precision.operand(x.mul(there.to(x.dtype()).unsqueeze(-1))); // (B, T, C)
    List<Tensor> answers =
        convolutions.stream()
            .map(convolution -> convolution.forward(seen, (int) convolution.weight().size(2) / 2))
            .toList();
    return Tensor.cat(answers, 2).to(DType.FLOAT32); // (B, T, F)
  }
}
