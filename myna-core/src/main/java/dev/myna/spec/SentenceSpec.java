package dev.myna.spec;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What makes one vector of the hidden states of a text, layer after layer: the modules of
 * sentence-transformers that stand behind the encoder (Reimers and Gurevych, 2019).
 *
 * @param layers convolutions, if any, then the pooling, then what works on the vector
 */
public record SentenceSpec(List<Layer> layers) {
  public SentenceSpec {
    layers = List.copyOf(layers);
    boolean pooled = false;
    for (Layer layer : layers) {
      if (layer instanceof Convolutions || layer instanceof Pool) {
        Require.that(!pooled, "a pooling must not stand before %s", layer);
      } else {
        Require.that(pooled, "a pooling must stand before %s", layer);
      }
      pooled |= layer instanceof Pool;
    }
    Require.that(pooled, "hidden states must be pooled, found no pooling among %s", layers);
  }

  /** A pooling and nothing else. */
  public static SentenceSpec of(Pooling pooling) {
    return new SentenceSpec(List.of(new Pool(List.of(pooling))));
  }

  /** One of the layers. */
  public sealed interface Layer {
    /** Size of what it makes of vectors of a size. */
    int outOf(int in);
  }

  /**
   * Filters of several widths that slide over the hidden states, side by side.
   *
   * @param filters of each width
   * @param widths in tokens; odd, so that there is one answer a token
   */
  public record Convolutions(int filters, List<Integer> widths) implements Layer {
    public Convolutions {
      widths = List.copyOf(widths);
      Require.positive("filters", filters);
      Require.that(
          !widths.isEmpty() && widths.stream().allMatch(width -> width > 0 && width % 2 == 1),
          "widths of filters must be odd numbers, so that each token has an answer, found %s",
          widths);
    }

    @Override
    public int outOf(int in) {
      return Math.multiplyExact(filters, widths.size());
    }
  }

  /**
   * One vector of all.
   *
   * @param ways several are put side by side
   */
  public record Pool(List<Pooling> ways) implements Layer {
    public Pool {
      ways = List.copyOf(ways);
      Require.that(!ways.isEmpty(), "a pooling must have a way, found none");
    }

    @Override
    public int outOf(int in) {
      return Math.multiplyExact(in, ways.size());
    }
  }

  /**
   * A linear layer and an activation.
   *
   * @param size of the vector that it makes
   * @param activation one of {@link #ACTIVATIONS}
   */
  public record Dense(int size, boolean bias, Activation activation) implements Layer {
    /** Those that are a class of {@code torch.nn} without parameters, as folders name them. */
    public static final Set<Activation> ACTIVATIONS =
        Collections.unmodifiableSet(
            EnumSet.of(
                Activation.LINEAR,
                Activation.RELU,
                Activation.RELU6,
                Activation.LEAKY_RELU,
                Activation.GELU,
                Activation.SILU,
                Activation.HARD_SILU,
                Activation.MISH,
                Activation.SIGMOID,
                Activation.TANH));

    public Dense {
      Require.positive("size", size);
      Require.that(
          ACTIVATIONS.contains(activation),
          "activation must be one of %s, found %s",
          ACTIVATIONS,
          activation);
    }

    @Override
    public int outOf(int in) {
      return size;
    }
  }

  /** The vector divided by its length. */
  public record Normalize() implements Layer {
    @Override
    public int outOf(int in) {
      return in;
    }
  }
}
