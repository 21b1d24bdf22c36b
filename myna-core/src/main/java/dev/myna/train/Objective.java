package dev.myna.train;

import dev.myna.model.Transformer;
import dev.myna.nn.Mask;
import dev.myna.tensor.DType;
import dev.myna.tensor.Device;
import dev.myna.tensor.Tensor;

/** What a model is trained to do well. */
@FunctionalInterface
public interface Objective {
  /**
   * The loss of a batch.
   *
   * @return a float32 scalar in nats a counted target, with its graph of gradients where they are
   *     on
   */
  Tensor loss(Transformer model, Batch batch, Device device);

  /**
   * Predicting the next token (Bengio et al., 2003); targets {@link Batch#IGNORED} do not count.
   */
  Objective NEXT_TOKEN = nextToken(0);

  /**
   * Predicting the next token.
   *
   * @param smoothing label smoothing (Szegedy et al., 2016)
   */
  static Objective nextToken(double smoothing) {
    return (model, batch, device) -> {
      Tensor ids = batch.idTensor(device); // (B, T)
      Tensor hidden = model.hidden(ids, Transformer.wholeText(ids, Mask.CAUSAL)); // (B, T, C)
      Tensor logits = model.logits(hidden.view(batch.tokens(), -1)); // (B·T, V)
      return logits
          .to(DType.FLOAT32)
          .crossEntropy(batch.targetTensor(device), Batch.IGNORED, smoothing);
    };
  }
}
