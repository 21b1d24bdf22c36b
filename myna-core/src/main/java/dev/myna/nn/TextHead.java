package dev.myna.nn;

import dev.myna.spec.Activation;
import dev.myna.spec.HeadSpec;
import dev.myna.spec.Pooling;
import dev.myna.tensor.DType;
import dev.myna.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** What a model says of a whole text: its hidden states are pooled into one. */
public final class TextHead extends Module {
  private final HeadSpec.Text spec;
  private final @Nullable Linear dense;
  private final Dropout dropout;
  private final @Nullable Linear out;

  public TextHead(HeadSpec.Text spec, int width) {
    this.spec = spec;
    dense = spec.dense().isPresent() ? child("dense", new Linear(width, width, true)) : null;
    dropout = child("dropout", new Dropout(spec.dropout()));
    out = spec.labels() > 0 ? child("out", new Linear(width, spec.labels(), spec.bias())) : null;
  }

  /**
   * @param hidden (B, T, C)
   * @param ids (B, T)
   * @param real (B, T) boolean: where there is no padding; null for everywhere
   * @return scores (B, L), or the pooled vectors (B, C) where there are no labels
   */
  public Tensor forward(Tensor hidden, Tensor ids, @Nullable Tensor real) {
    Tensor x = pool(spec.pooling(), hidden, ids, real); // (B, C)
    if (dense != null) {
      x = FeedForward.activate(spec.dense().orElse(Activation.LINEAR), dense.forward(x));
    }
    return out == null ? x : out.forward(dropout.forward(x)); // (B, L)
  }

  /** Hidden states (B, T, C) as one a text, (B, C). */
  public static Tensor pool(Pooling pooling, Tensor hidden, Tensor ids, @Nullable Tensor real) {
    return switch (pooling) {
      case Pooling.First first -> hidden.select(1, 0);
      case Pooling.Last last -> {
        Tensor there = last.padding().isEmpty() ? real : ids.ne(last.padding().getAsInt());
        yield there == null ? hidden.select(1, hidden.size(1) - 1) : lastWhere(hidden, there);
      }
      case Pooling.LastOf last -> lastOf(hidden, ids.eq(last.id()));
      case Pooling.Mean mean -> {
        if (real == null) {
          yield hidden.mean(1, false);
        }
        Tensor counted = counted(hidden, real); // (B, T, 1)
        yield hidden.mul(counted).sum(1, false).div(counted.sum(1, false));
      }
      case Pooling.MeanByRoot mean -> {
        Tensor counted = counted(hidden, real); // (B, T, 1)
        yield hidden.mul(counted).sum(1, false).div(counted.sum(1, false).sqrt());
      }
      case Pooling.WeightedMean mean -> {
        Tensor places = Tensor.range(1, hidden.size(1) + 1, hidden.device()); // (T)
        Tensor weights = counted(hidden, real).mul(places.to(DType.FLOAT32).unsqueeze(-1));
        yield hidden.mul(weights).sum(1, false).div(weights.sum(1, false));
      }
      case Pooling.Max max -> {
        Tensor seen = real == null ? hidden : hidden.maskedFill(real.unsqueeze(-1).not(), -3e38);
        yield seen.max(1, false);
      }
    };
  }

  /** One where there is a token, zero where there is padding: (B, T, 1). */
  private static Tensor counted(Tensor hidden, @Nullable Tensor real) {
    return real == null
        ? Tensor.full(1, DType.FLOAT32, hidden.device(), hidden.size(0), hidden.size(1), 1)
        : real.to(DType.FLOAT32).unsqueeze(-1);
  }

  private static Tensor lastOf(Tensor hidden, Tensor there) {
    Tensor none = there.to(DType.FLOAT32).sum(1, true).eq(0); // (B, 1)
    return lastWhere(hidden, there.where(there, none.expand(there.shape())));
  }

  /**
   * @param there (B, T) boolean
   */
  private static Tensor lastWhere(Tensor hidden, Tensor there) {
    Tensor places = Tensor.range(0, hidden.size(1), hidden.device()); // (T)
    Tensor place = there.to(DType.INT64).mul(places).argmax(1); // (B)
    Tensor index = place.view(-1, 1, 1).expand(hidden.size(0), 1, hidden.size(2)); // (B, 1, C)
    return hidden.gather(1, index).squeeze(1); // (B, C)
  }
}
