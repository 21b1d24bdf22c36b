package dev.myna.nn;

import dev.myna.spec.Activation;
import dev.myna.spec.Pooling;
import dev.myna.spec.SentenceSpec;
import dev.myna.tensor.DType;
import dev.myna.tensor.Tensor;
import java.util.List;

/**
 * A layer between the hidden states of a text and its vector. Its parameters have the names that
 * they have in folders of sentence-transformers.
 */
abstract sealed class SentenceLayer extends Module
    permits Convolutions, SentenceLayer.Pool, SentenceLayer.Dense, SentenceLayer.Normalize {
  /**
   * The layer that a spec describes.
   *
   * @param in C
   */
  static SentenceLayer of(SentenceSpec.Layer spec, int in) {
    return switch (spec) {
      case SentenceSpec.Convolutions convolutions -> new Convolutions(convolutions, in);
      case SentenceSpec.Pool pool -> new Pool(pool.ways());
      case SentenceSpec.Dense dense -> new Dense(dense, in);
      case SentenceSpec.Normalize normalize -> new Normalize();
    };
  }

  /**
   * @param x hidden states (B, T, C), or vectors (B, C) behind the pooling
   * @param ids (B, T)
   * @param there (B, T) boolean: where there is no padding
   * @return the same with other sizes, float32
   */
  abstract Tensor forward(Tensor x, Tensor ids, Tensor there);

  /** Poolings side by side. */
  static final class Pool extends SentenceLayer {
    private final List<Pooling> ways;

    Pool(List<Pooling> ways) {
      this.ways = ways;
    }

    @Override
    Tensor forward(Tensor x, Tensor ids, Tensor there) {
      List<Tensor> pooled =
          ways.stream().map(way -> TextHead.pool(way, x, ids, there)).toList(); // (B, C) each
      return pooled.size() == 1 ? pooled.getFirst() : Tensor.cat(pooled, 1);
    }
  }

  /** A linear layer and an activation. */
  static final class Dense extends SentenceLayer {
    private final Linear linear;
    private final Activation activation;

    Dense(SentenceSpec.Dense spec, int in) {
      linear = child("linear", new Linear(in, spec.size(), spec.bias()));
      activation = spec.activation();
    }

    @Override
    Tensor forward(Tensor x, Tensor ids, Tensor there) {
      return FeedForward.activate(activation, linear.forward(x).to(DType.FLOAT32));
    }
  }

  /** Vectors of length one. */
  static final class Normalize extends SentenceLayer {
    @Override
    Tensor forward(Tensor x, Tensor ids, Tensor there) {
      return Loss.unit(x);
    }
  }
}
