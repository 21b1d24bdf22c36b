package dev.myna.model;

import dev.myna.nn.Dropout;
import dev.myna.nn.Embedding;
import dev.myna.nn.Linear;
import dev.myna.nn.Module;
import dev.myna.nn.Recurrent;
import dev.myna.spec.RecurrentSpec;
import dev.myna.tensor.Tensor;

/**
 * Embeddings, recurrent layers, and a tag said of each state (bidirectional: Graves and
 * Schmidhuber, 2005; Huang et al., 2015, without their CRF).
 */
public final class RecurrentTagger extends Module {
  /**
   * @param vocabulary V
   * @param layers between embeddings and scores; what enters has the size of an embedding
   * @param labels L
   * @param dropout of embeddings and states
   */
  public record Spec(int vocabulary, RecurrentSpec layers, int labels, double dropout)
      implements SequenceSpec {
    @Override
    public RecurrentTagger make() {
      return new RecurrentTagger(this);
    }

    @Override
    public int size() {
      return layers.out();
    }
  }

  private final Embedding tokens;
  private final Recurrent layers;
  private final Dropout dropout;
  private final Linear out;

  public RecurrentTagger(Spec spec) {
    tokens = child("tokens", new Embedding(spec.vocabulary(), spec.layers().in()));
    layers = child("layers", new Recurrent(spec.layers()));
    dropout = child("dropout", new Dropout(spec.dropout()));
    out = child("out", new Linear(spec.layers().out(), spec.labels(), true));
  }

  /**
   * Scores of the tags of each token.
   *
   * @param ids (B, T), anything behind the ends
   * @param lengths of the texts, each from 1 to T
   * @return (B, T, L)
   */
  public Tensor forward(Tensor ids, int[] lengths) {
    Tensor words = dropout.forward(tokens.forward(ids)); // (B, T, C)
    Tensor states = layers.forward(words, lengths).outputs(); // (B, T, H · directions)
    return out.forward(dropout.forward(states)); // (B, T, L)
  }

  /** The table of embeddings. */
  public Embedding tokens() {
    return tokens;
  }
}
