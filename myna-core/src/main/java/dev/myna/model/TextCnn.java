package dev.myna.model;

import dev.myna.nn.Convolution;
import dev.myna.nn.Dropout;
import dev.myna.nn.Embedding;
import dev.myna.nn.Linear;
import dev.myna.nn.Module;
import dev.myna.tensor.DType;
import dev.myna.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A convolutional classifier of texts (Kim, 2014): filters of several widths slide over the words,
 * of each only the strongest answer counts.
 *
 * <p>Of the paper's four kinds, random and non-static are this as it comes, with fresh or with
 * pretrained {@link #tokens}; static and multichannel have a table that is not trained, alone or
 * beside the other.
 */
public final class TextCnn extends Module {
  /**
   * @param vocabulary V
   * @param width C
   * @param widths of the filters, in words
   * @param filters of each width
   * @param labels L
   * @param channels which tables of embeddings there are
   * @param dropout before the scores
   */
  public record Spec(
      int vocabulary,
      int width,
      List<Integer> widths,
      int filters,
      int labels,
      Channels channels,
      double dropout)
      implements SequenceSpec {
    public Spec {
      widths = List.copyOf(widths);
      if (widths.isEmpty() || widths.stream().anyMatch(k -> k < 1)) {
        throw new IllegalArgumentException(
            "filters must be at least 1 word wide, found widths " + widths);
      }
    }

    @Override
    public TextCnn make() {
      return new TextCnn(this);
    }

    @Override
    public int size() {
      return width;
    }

    @Override
    public double embeddingRange() {
      return 0.25; // as in the paper
    }

    /** The paper's sizes: widths 3, 4 and 5, a hundred filters each, dropout of a half. */
    public static Spec kim(int vocabulary, int width, int labels, Channels channels) {
      return new Spec(vocabulary, width, List.of(3, 4, 5), 100, labels, channels, 0.5);
    }
  }

  /** Tables of embeddings. */
  public enum Channels {
    /** One that is trained. */
    TRAINED,
    /** One that is not. */
    STATIC,
    /** One of each; every filter answers to the sum of both. */
    BOTH
  }

  private final Spec spec;
  private final @Nullable Embedding tokens;
  private final @Nullable Embedding fixed;
  private final List<Convolution> convolutions = new ArrayList<>();
  private final Dropout dropout;
  private final Linear out;

  public TextCnn(Spec spec) {
    this.spec = spec;
    tokens =
        spec.channels() == Channels.STATIC
            ? null
            : child("tokens", new Embedding(spec.vocabulary(), spec.width()));
    fixed =
        spec.channels() == Channels.TRAINED
            ? null
            : child("fixed", new Embedding(spec.vocabulary(), spec.width()));
    if (fixed != null) {
      fixed.weight().requiresGrad(false);
    }
    for (int width : spec.widths()) {
      convolutions.add(
          child("convolution" + width, new Convolution(spec.width(), spec.filters(), width)));
    }
    dropout = child("dropout", new Dropout(spec.dropout()));
    out = child("out", new Linear(spec.filters() * spec.widths().size(), spec.labels(), true));
  }

  /**
   * @param ids (B, T), without padding
   * @return (B, L)
   */
  public Tensor forward(Tensor ids) {
    return forward(ids, null);
  }

  /**
   * @param ids (B, T)
   * @param real (B, T) boolean: where there is no padding, which changes nothing; null for
   *     everywhere
   * @return (B, L)
   */
  public Tensor forward(Tensor ids, @Nullable Tensor real) {
    Tensor there = real == null ? null : real.to(DType.FLOAT32).unsqueeze(-1); // (B, T, 1)
    Tensor words = words(ids); // (B, T, C)
    Tensor seen = there == null ? words : words.mul(there);
    List<Tensor> strongest = new ArrayList<>();
    for (int i = 0; i < convolutions.size(); i++) {
      int padding = spec.widths().get(i) - 1;
      Tensor answers = convolutions.get(i).forward(seen, padding).relu(); // (B, T', F)
      Tensor counted = there == null ? answers : answers.mul(reached(there, padding));
      strongest.add(counted.max(1, false)); // (B, F)
    }
    return out.forward(dropout.forward(Tensor.cat(strongest, 1))); // (B, L)
  }

  private Tensor words(Tensor ids) {
    if (tokens == null) {
      return table(fixed).forward(ids);
    }
    Tensor words = tokens.forward(ids);
    return fixed == null ? words : words.add(fixed.forward(ids));
  }

  /** Which places of a filter touch a word: (B, T, 1) to (B, T + padding, 1). */
  private static Tensor reached(Tensor there, int padding) {
    if (padding == 0) {
      return there;
    }
    Tensor before =
        Tensor.full(1, there.dtype(), there.device(), there.size(0), padding, 1); // (B, padding, 1)
    return Tensor.cat(List.of(before, there), 1);
  }

  private static Embedding table(@Nullable Embedding table) {
    if (table == null) {
      throw new IllegalStateException("a model without any table of embeddings");
    }
    return table;
  }

  /** The table that is trained, or else the other. */
  public Embedding tokens() {
    return tokens == null ? table(fixed) : tokens;
  }

  /** All tables: where pretrained vectors go. */
  public List<Embedding> tables() {
    return Stream.of(tokens, fixed).filter(Objects::nonNull).map(TextCnn::table).toList();
  }
}
