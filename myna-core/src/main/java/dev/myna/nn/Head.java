package dev.myna.nn;

import dev.myna.spec.HeadSpec;
import dev.myna.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a model says of each token, by its hidden state. */
public abstract sealed class Head extends Module {
  /**
   * The head that a spec describes.
   *
   * @param tokens the table of token embeddings, which may serve as the last layer
   */
  public static Head of(HeadSpec spec, int width, Embedding tokens) {
    return switch (spec) {
      case HeadSpec.None none -> new Nothing();
      case HeadSpec.Text text -> new Nothing(); // it looks at texts: TextHead
      case HeadSpec.Language language -> new Language(language, width, tokens);
      case HeadSpec.Tokens labels -> new Labels(labels, width);
    };
  }

  /**
   * @param hidden (…, C)
   * @return (…, V), (…, L), or the hidden states themselves
   */
  public abstract Tensor forward(Tensor hidden);

  /** What it computes with; not all of it is its own. */
  public List<Tensor> weights() {
    return List.copyOf(parameters().values());
  }

  /** Sets its own biases to zero; its layers are not its own. */
  public void reset() {}

  /** The hidden states themselves. */
  static final class Nothing extends Head {
    @Override
    public Tensor forward(Tensor hidden) {
      return hidden;
    }
  }

  /** Logits over the vocabulary. */
  static final class Language extends Head {
    private final HeadSpec.Language spec;
    private final Embedding tokens;
    private final @Nullable Linear dense;
    private final @Nullable Norm norm;
    private final @Nullable Linear out;
    private final @Nullable Tensor bias;

    Language(HeadSpec.Language spec, int width, Embedding tokens) {
      this.spec = spec;
      this.tokens = tokens;
      int vocabulary = (int) tokens.weight().size(0);
      HeadSpec.Transform transform = spec.transform().orElse(null);
      dense = transform == null ? null : child("dense", new Linear(width, width, true));
      norm = transform == null ? null : child("norm", Norm.of(transform.norm(), width));
      out = spec.tied() ? null : child("out", new Linear(width, vocabulary, false));
      bias = spec.bias() ? parameter("bias", vocabulary) : null;
    }

    @Override
    public Tensor forward(Tensor hidden) {
      Tensor x = transformed(hidden);
      Tensor scaled = spec.scale() == 1 ? x : x.mul(spec.scale());
      Tensor plain = out == null ? tokens.logits(scaled) : out.forward(scaled); // (…, V)
      Tensor logits = bias == null ? plain : plain.add(bias);
      return spec.softCap() == 0 ? logits : logits.div(spec.softCap()).tanh().mul(spec.softCap());
    }

    @Override
    public List<Tensor> weights() {
      return out != null
          ? super.weights()
          : Stream.concat(Stream.of(tokens.weight()), super.weights().stream()).toList();
    }

    @Override
    public void reset() {
      if (bias != null) {
        bias.zero_();
      }
    }

    private Tensor transformed(Tensor hidden) {
      if (dense == null || norm == null) {
        return hidden;
      }
      return norm.forward(
          FeedForward.activate(spec.transform().orElseThrow().activation(), dense.forward(hidden)));
    }
  }

  /** Scores of labels. */
  static final class Labels extends Head {
    private final Dropout dropout;
    private final Linear out;

    Labels(HeadSpec.Tokens spec, int width) {
      dropout = child("dropout", new Dropout(spec.dropout()));
      out = child("out", new Linear(width, spec.labels(), spec.bias()));
    }

    @Override
    public Tensor forward(Tensor hidden) {
      return out.forward(dropout.forward(hidden)); // (…, L)
    }
  }
}
