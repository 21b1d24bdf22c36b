package dev.myna.model;

import dev.myna.nn.AdaptiveSoftmax;
import dev.myna.nn.AttentivePooling;
import dev.myna.nn.Dropout;
import dev.myna.nn.Embedding;
import dev.myna.nn.Linear;
import dev.myna.nn.Loss;
import dev.myna.nn.Module;
import dev.myna.nn.Recurrent;
import dev.myna.nn.TextHead;
import dev.myna.nn.VocabularyLoss;
import dev.myna.spec.Pooling;
import dev.myna.spec.RecurrentSpec;
import dev.myna.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Embeddings, recurrent layers, and what is said of the states: the next word of each place, or a
 * class of the text.
 */
public final class RecurrentModel extends Module {
  /**
   * @param vocabulary V
   * @param layers between embeddings and scores; what enters has the size of an embedding
   * @param outputs V for a language model, or the number of labels
   * @param tied whether scores are made by the table of embeddings (Press and Wolf, 2017); then
   *     states are as large as embeddings, and outputs are the vocabulary
   * @param dropout of embeddings and states
   * @param pooled how a classifier makes one of the states of a text
   * @param cutoffs numbers of words that part frequent from rarer ones ({@link AdaptiveSoftmax}) in
   *     a tied language model; empty where all words are told apart at once
   */
  public record Spec(
      int vocabulary,
      RecurrentSpec layers,
      int outputs,
      boolean tied,
      double dropout,
      Pooled pooled,
      List<Integer> cutoffs)
      implements SequenceSpec {
    /** A language model, which pools nothing. */
    public static Spec language(
        int vocabulary, RecurrentSpec layers, boolean tied, double dropout, List<Integer> cutoffs) {
      return new Spec(vocabulary, layers, vocabulary, tied, dropout, Pooled.LAST, cutoffs);
    }

    /** A classifier. */
    public static Spec labels(
        int vocabulary, RecurrentSpec layers, int labels, double dropout, Pooled pooled) {
      return new Spec(vocabulary, layers, labels, false, dropout, pooled, List.of());
    }

    public Spec {
      cutoffs = List.copyOf(cutoffs);
      if (!tied && !cutoffs.isEmpty()) {
        throw new IllegalArgumentException(
            "cutoffs want a tied model, whose table they part: found one that is not tied");
      }
      if (tied && (layers.out() != layers.in() || outputs != vocabulary)) {
        throw new IllegalArgumentException(
            "a tied model has states as large as its embeddings and says words: found states of %d, embeddings of %d, %d outputs for %d words"
                .formatted(layers.out(), layers.in(), outputs, vocabulary));
      }
    }

    /** Whether it says the words that it knows; labels have other numbers. */
    boolean saysWords() {
      return outputs == vocabulary;
    }

    @Override
    public RecurrentModel make() {
      return new RecurrentModel(this);
    }

    @Override
    public int size() {
      return layers.out();
    }
  }

  /** How the states of a text become one. */
  public enum Pooled {
    /** The last state of each direction. */
    LAST,
    /** Their mean. */
    MEAN,
    /** Their largest elements. */
    MAX,
    /** Weighed by what a learned vector likes ({@link AttentivePooling}). */
    ATTENTION
  }

  private final Spec spec;
  private final Embedding tokens;
  private final Recurrent layers;
  private final Dropout dropout;
  private final @Nullable AttentivePooling attention;
  private final @Nullable Linear out;
  private final @Nullable AdaptiveSoftmax adaptive;

  public RecurrentModel(Spec spec) {
    this(spec, 0);
  }

  /**
   * @param beside size of what stands beside each embedding
   */
  RecurrentModel(Spec spec, int beside) {
    this.spec = spec;
    tokens = child("tokens", new Embedding(spec.vocabulary(), spec.layers().in()));
    layers = child("layers", new Recurrent(spec.layers().withIn(spec.layers().in() + beside)));
    dropout = child("dropout", new Dropout(spec.dropout()));
    attention =
        spec.pooled() == Pooled.ATTENTION
            ? child("attention", new AttentivePooling(spec.layers().out()))
            : null;
    out = spec.tied() ? null : child("out", new Linear(spec.layers().out(), spec.outputs(), true));
    adaptive =
        spec.cutoffs().isEmpty()
            ? null
            : child(
                "adaptive",
                new AdaptiveSoftmax(spec.layers().out(), spec.vocabulary(), spec.cutoffs()));
  }

  /**
   * What the output layer looks at in each place, and the state to go on with: detach it for
   * truncated back-propagation.
   *
   * @param hidden (B, T, H)
   */
  public record Result(Tensor hidden, Recurrent.State state) {}

  /** Elements of a layer's gates for so many positions, the largest of its tensors. */
  public long elements(long positions) {
    return layers.elements(positions);
  }

  /** The state before the first word. */
  public Recurrent.State start(long batch) {
    return layers.start(batch, tokens.weight());
  }

  /**
   * @param ids (B, T)
   */
  public Result forward(Tensor ids, Recurrent.State state) {
    Recurrent.Result result = layers.forward(dropout.forward(tokens.forward(ids)), state);
    return new Result(dropout.forward(result.outputs()), result.state());
  }

  /**
   * Reads texts of a language model to their ends.
   *
   * @param ids (B, T), anything behind the ends
   * @param lengths of the texts, each from 1 to T
   * @return the state behind the last word of each
   */
  public Recurrent.State read(Tensor ids, int[] lengths) {
    return layers.forward(dropout.forward(tokens.forward(ids)), lengths).state();
  }

  /** Scores (B, V) of the word that comes next, where a model has only been read to. */
  public Tensor next(Recurrent.State state) {
    return scores(last(state));
  }

  /** How many words it knows. */
  public int vocabulary() {
    return spec.vocabulary();
  }

  /**
   * @param hidden (…, H)
   * @return (…, V) or (…, L); logarithms of probabilities where words are told apart by classes
   */
  public Tensor scores(Tensor hidden) {
    if (adaptive != null) {
      return adaptive.logProbabilities(hidden, tokens.weight());
    }
    return out == null ? tokens.logits(hidden) : out.forward(hidden);
  }

  /**
   * The loss of saying tokens.
   *
   * @param hidden (…, H)
   * @param targets of as many ids, or {@link Loss#IGNORED}
   * @param smoothing label smoothing (Szegedy et al., 2016)
   * @return a float32 scalar in nats a counted target
   * @throws IllegalArgumentException if labels are to be smoothed where words are told apart by
   *     classes, of which a target has few
   */
  public Tensor loss(Tensor hidden, Tensor targets, double smoothing) {
    if (adaptive != null) {
      if (smoothing > 0) {
        throw new IllegalArgumentException(
            "words that are told apart by classes (cutoffs) have no label smoothing, found %s; set"
                    .formatted(smoothing)
                + " it to 0, or leave the cutoffs out");
      }
      return adaptive.loss(hidden, tokens.weight(), targets);
    }
    List<Tensor> weights =
        out == null ? List.of(tokens.weight()) : List.copyOf(out.parameters().values());
    return VocabularyLoss.of(this::scores, weights, weights.getFirst().size(0))
        .mean(hidden, targets, smoothing);
  }

  /**
   * Scores of whole texts.
   *
   * @param ids (B, T)
   * @param lengths of the texts, each from 1 to T
   * @return (B, L)
   */
  public Tensor classify(Tensor ids, int[] lengths) {
    return classify(ids, lengths, dropout.forward(tokens.forward(ids)));
  }

  /**
   * Scores of whole texts whose words have more than their embeddings.
   *
   * @param beside (B, T, as much as this was made for)
   */
  Tensor classifyWith(Tensor ids, int[] lengths, Tensor beside) {
    Tensor words = dropout.forward(tokens.forward(ids)); // (B, T, C)
    return classify(ids, lengths, Tensor.cat(List.of(words, beside), 2));
  }

  private Tensor classify(Tensor ids, int[] lengths, Tensor words) {
    Recurrent.Result result = layers.forward(words, lengths);
    return scores(dropout.forward(pooled(result, ids, lengths)));
  }

  private Tensor pooled(Recurrent.Result result, Tensor ids, int[] lengths) {
    Tensor states = result.outputs(); // (B, T, H · directions)
    return switch (spec.pooled()) {
      case LAST -> last(result.state());
      case MEAN -> TextHead.pool(new Pooling.Mean(), states, ids, there(ids, lengths));
      case MAX -> TextHead.pool(new Pooling.Max(), states, ids, there(ids, lengths));
      case ATTENTION -> Objects.requireNonNull(attention).forward(states, there(ids, lengths));
    };
  }

  /** The last state of each direction of the top layer: (B, H · directions). */
  private Tensor last(Recurrent.State state) {
    Tensor hidden = state.hidden(); // (layers · directions, B, H)
    int directions = spec.layers().directions();
    Tensor top = hidden.narrow(0, hidden.size(0) - directions, directions);
    return top.transpose(0, 1).reshape(hidden.size(1), -1);
  }

  /** Where there is no padding: (B, T) boolean. */
  private static Tensor there(Tensor ids, int[] lengths) {
    boolean[] real = new boolean[(int) ids.numel()];
    int longest = (int) ids.size(1);
    for (int row = 0; row < lengths.length; row++) {
      Arrays.fill(real, row * longest, row * longest + lengths[row], true);
    }
    return Tensor.of(real, ids.size(0), longest).to(ids.device());
  }

  /** The table of embeddings. */
  public Embedding tokens() {
    return tokens;
  }
}
