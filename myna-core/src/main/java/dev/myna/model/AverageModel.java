package dev.myna.model;

import dev.myna.nn.Dropout;
import dev.myna.nn.Embedding;
import dev.myna.nn.Linear;
import dev.myna.nn.Module;
import dev.myna.nn.TextHead;
import dev.myna.spec.Pooling;
import dev.myna.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A feed-forward classifier of averaged embeddings (deep averaging network, Iyyer et al., 2015):
 * the baseline that knows nothing of the order of words.
 */
public final class AverageModel extends Module {
  /**
   * @param vocabulary V
   * @param width C, of embeddings
   * @param hidden sizes of the layers between the average and the scores; may be none
   * @param labels L
   * @param dropout before each layer
   */
  public record Spec(int vocabulary, int width, List<Integer> hidden, int labels, double dropout)
      implements SequenceSpec {
    public Spec {
      hidden = List.copyOf(hidden);
    }

    @Override
    public AverageModel make() {
      return new AverageModel(this);
    }

    @Override
    public int size() {
      return width;
    }
  }

  private final Embedding tokens;
  private final Dropout dropout;
  private final List<Linear> layers = new ArrayList<>();
  private final Linear out;

  public AverageModel(Spec spec) {
    tokens = child("tokens", new Embedding(spec.vocabulary(), spec.width()));
    dropout = child("dropout", new Dropout(spec.dropout()));
    int width = spec.width();
    for (int size : spec.hidden()) {
      layers.add(child("layer" + layers.size(), new Linear(width, size, true)));
      width = size;
    }
    out = child("out", new Linear(width, spec.labels(), true));
  }

  /**
   * @param ids (B, T)
   * @param real (B, T) boolean: where there is no padding
   * @return (B, L)
   */
  public Tensor forward(Tensor ids, Tensor real) {
    Tensor x = TextHead.pool(new Pooling.Mean(), tokens.forward(ids), ids, real); // (B, C)
    for (Linear layer : layers) {
      x = layer.forward(dropout.forward(x)).relu();
    }
    return out.forward(dropout.forward(x)); // (B, L)
  }

  /** The table of embeddings. */
  public Embedding tokens() {
    return tokens;
  }
}
