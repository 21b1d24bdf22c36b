package dev.myna.task;

import dev.myna.model.Transformer;
import dev.myna.nn.Loss;
import dev.myna.nn.Mask;
import dev.myna.nn.Pass;
import dev.myna.nn.Taps;
import dev.myna.spec.BlockSpec;
import dev.myna.spec.FeedForwardSpec;
import dev.myna.spec.ModelSpec;
import dev.myna.tensor.Device;
import dev.myna.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

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
   * Predicting the next token. While a model with experts is trained, its tokens are spread over
   * them besides, by the weight that it says ({@link Loss#balance}).
   *
   * @param smoothing label smoothing (Szegedy et al., 2016)
   */
  static Objective nextToken(double smoothing) {
    return (model, batch, device) -> {
      Tensor ids = batch.idTensor(device); // (B, T)
      List<Tensor> routings = new ArrayList<>();
      Taps taps =
          new Taps() {
            @Override
            public void routing(int layer, Tensor logits) {
              routings.add(logits);
            }
          };
      Tensor hidden = model.hidden(ids, Pass.whole(ids, Mask.CAUSAL).with(taps)); // (B, T, C)
      Tensor loss = model.loss(hidden, batch.targetTensor(device), smoothing);
      return model.training() && !routings.isEmpty()
          ? loss.add(balance(model.spec(), routings))
          : loss;
    };
  }

  private static Tensor balance(ModelSpec spec, List<Tensor> routings) {
    FeedForwardSpec.Experts experts =
        spec.top().blocks().stream()
            .map(BlockSpec::feedForward)
            .filter(FeedForwardSpec.Experts.class::isInstance)
            .map(FeedForwardSpec.Experts.class::cast)
            .findFirst()
            .orElseThrow();
    return Loss.balance(routings, experts.perToken()).mul(experts.balance());
  }
}
