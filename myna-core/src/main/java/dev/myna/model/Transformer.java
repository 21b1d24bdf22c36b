package dev.myna.model;

import dev.myna.nn.Head;
import dev.myna.nn.Loss;
import dev.myna.nn.Mask;
import dev.myna.nn.Memory;
import dev.myna.nn.Module;
import dev.myna.nn.Pass;
import dev.myna.nn.TextHead;
import dev.myna.nn.Tower;
import dev.myna.nn.VocabularyLoss;
import dev.myna.spec.HeadSpec;
import dev.myna.spec.ModelSpec;
import dev.myna.tensor.Tensor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A decoder, an encoder, or both, with a head on top. Which model of the field it is, its {@link
 * ModelSpec} says.
 */
public final class Transformer extends Module {
  private final ModelSpec spec;
  private final @Nullable Tower encoder;
  private final @Nullable Tower decoder;
  private final Tower top;
  private final Head head;
  private final @Nullable TextHead textHead;

  /** A model with all weights zero: initialise them ({@link Initialization}) or load them. */
  public Transformer(ModelSpec spec) {
    this.spec = spec;
    switch (spec) {
      case ModelSpec.Decoder only -> {
        encoder = null;
        decoder = child("decoder", new Tower(only.decoder(), null));
        top = decoder;
      }
      case ModelSpec.Encoder only -> {
        encoder = child("encoder", new Tower(only.encoder(), null));
        decoder = null;
        top = encoder;
      }
      case ModelSpec.EncoderDecoder both -> {
        encoder = child("encoder", new Tower(both.encoder(), null));
        decoder =
            child("decoder", new Tower(both.decoder(), both.shared() ? encoder.tokens() : null));
        top = decoder;
      }
    }
    head = child("head", Head.of(spec.head(), spec.width(), top.tokens()));
    textHead =
        textSpec(spec)
            .map(text -> child("textHead", new TextHead(text, spec.width())))
            .orElse(null);
  }

  private static Optional<HeadSpec.Text> textSpec(ModelSpec spec) {
    if (spec.head() instanceof HeadSpec.Text text) {
      return Optional.of(text);
    }
    return spec instanceof ModelSpec.Encoder encoder ? encoder.sentence() : Optional.empty();
  }

  public ModelSpec spec() {
    return spec;
  }

  /**
   * What the head says of each token of a text: of a decoder, logits of the next token after each
   * position.
   *
   * @param ids (B, T)
   * @return (B, T, V), or another last size by another head
   * @throws IllegalArgumentException if T is longer than learned positions reach
   */
  public Tensor forward(Tensor ids) {
    return logits(hidden(ids, wholeText(ids, decoder == null ? Mask.ALL : Mask.CAUSAL)));
  }

  /**
   * Logits of the next token after each position of a decoder that looks at another text.
   *
   * @param source (B, S), without padding
   * @param ids (B, T)
   * @return (B, T, V)
   */
  public Tensor forward(Tensor source, Tensor ids) {
    Memory memory = Memory.of(encode(source, wholeText(source, Mask.ALL)), Mask.ALL);
    return logits(hidden(ids, wholeText(ids, Mask.CAUSAL).with(memory)));
  }

  /** A pass over whole texts, without a cache. */
  public static Pass wholeText(Tensor ids, Mask mask) {
    return Pass.whole(ids, mask);
  }

  /**
   * What the encoder makes of a text, for the decoder to look at.
   *
   * @param ids (B, S)
   * @return (B, S, C)
   * @throws IllegalStateException if the model has no encoder
   */
  public Tensor encode(Tensor ids, Pass pass) {
    if (encoder == null) {
      throw new IllegalStateException("a decoder alone encodes nothing: it continues texts");
    }
    return encoder.forward(ids, pass);
  }

  /**
   * The last hidden state, after the final norm: of the decoder where there is one.
   *
   * @param ids (B, T)
   * @return (B, T, C)
   */
  public Tensor hidden(Tensor ids, Pass pass) {
    return top.forward(ids, pass);
  }

  /**
   * What the head says of each token.
   *
   * @param hidden (…, C)
   * @return (…, V)
   */
  public Tensor logits(Tensor hidden) {
    return head.forward(hidden);
  }

  /**
   * The loss of saying tokens by the head.
   *
   * @param hidden (…, C)
   * @param targets of as many ids, or {@link Loss#IGNORED}
   * @param smoothing label smoothing (Szegedy et al., 2016)
   * @return a float32 scalar in nats a counted target
   */
  public Tensor loss(Tensor hidden, Tensor targets, double smoothing) {
    return VocabularyLoss.of(head::forward, head.weights(), spec.vocabulary())
        .mean(hidden, targets, smoothing);
  }

  /**
   * What the head for whole texts says: scores of labels, or a pooled vector.
   *
   * @param hidden (B, T, C)
   * @param ids (B, T)
   * @param real (B, T) boolean: where there is no padding; null for everywhere
   * @return (B, L) or (B, C)
   * @throws IllegalStateException if the model has no such head
   */
  public Tensor text(Tensor hidden, Tensor ids, @Nullable Tensor real) {
    if (textHead == null) {
      throw new IllegalStateException(
          "the model has no head for whole texts, only " + spec.head() + " for their tokens");
    }
    return textHead.forward(hidden, ids, real);
  }
}
