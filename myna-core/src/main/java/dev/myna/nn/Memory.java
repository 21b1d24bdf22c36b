package dev.myna.nn;

import dev.myna.nn.Cache.KeysAndValues;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What an encoder made of a text, for a decoder to look at.
 *
 * <p>The keys and values of each layer are computed when they are first wanted. A memory that is
 * {@link #kept} holds on to them, so that a token of the decoder costs no pass over the encoder's
 * states; it lives outside every scope until it is closed.
 */
public final class Memory implements AutoCloseable {
  /** Nothing to look at. */
  public static final Memory NONE = new Memory(null, Mask.ALL, false);

  private final @Nullable Tensor states;
  private Mask mask;
  private final boolean keeps;
  private final List<KeysAndValues> layers = new ArrayList<>();

  private Memory(@Nullable Tensor states, Mask mask, boolean keeps) {
    this.states = states;
    this.mask = mask;
    this.keeps = keeps;
  }

  /**
   * For one pass of the decoder.
   *
   * @param states (B, S, C)
   * @param mask {@link Mask#ALL}, or without padding
   */
  public static Memory of(Tensor states, Mask mask) {
    return new Memory(states, mask, false);
  }

  /** For many passes of the decoder, as {@link #of}, until it is closed. */
  public static Memory kept(Tensor states, Mask mask) {
    return new Memory(states.outliveScopes(), outliving(mask), true);
  }

  /** Which of its positions are seen. */
  public Mask mask() {
    return mask;
  }

  /**
   * Keys and values of a layer.
   *
   * @param project makes them of the encoder's states
   */
  KeysAndValues layer(int layer, Function<Tensor, KeysAndValues> project) {
    if (states == null) {
      throw new IllegalStateException(
          "a decoder that looks at an encoder needs something to look at: encode a text and pass it"
              + " as the memory");
    }
    if (!keeps) {
      return project.apply(states);
    }
    if (layer == layers.size()) {
      KeysAndValues made = project.apply(states);
      layers.add(new KeysAndValues(made.keys().outliveScopes(), made.values().outliveScopes()));
    }
    return layers.get(layer);
  }

  /** Row i becomes what row {@code rows[i]} was, in a kept memory whose layers have been used. */
  public void reorder(Tensor rows) {
    layers.replaceAll(
        old ->
            new KeysAndValues(
                replaced(old.keys(), t -> t.indexSelect(0, rows)),
                replaced(old.values(), t -> t.indexSelect(0, rows))));
    if (mask instanceof Mask.Padding padding) {
      mask =
          new Mask.Padding(padding.inner(), replaced(padding.keys(), t -> t.indexSelect(0, rows)));
    }
  }

  private static Tensor replaced(Tensor old, UnaryOperator<Tensor> change) {
    try (Scope scope = Scope.open()) {
      Tensor changed = change.apply(old).outliveScopes();
      old.free();
      return changed;
    }
  }

  private static Mask outliving(Mask mask) {
    return mask instanceof Mask.Padding padding
        ? new Mask.Padding(padding.inner(), padding.keys().outliveScopes())
        : mask;
  }

  @Override
  public void close() {
    if (!keeps) {
      return;
    }
    if (states != null) {
      states.free();
    }
    layers.forEach(
        layer -> {
          layer.keys().free();
          layer.values().free();
        });
    layers.clear();
    if (mask instanceof Mask.Padding padding) {
      padding.keys().free();
    }
  }
}
