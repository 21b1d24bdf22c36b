package dev.myna.nn;

import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Where somebody listens to what happens inside a model: for pictures, losses, and parity. */
public interface Taps {
  /** Nobody listens. */
  Taps NONE = new Taps() {};

  /** Whether attention weights are wanted; they cost the fast path of attention. */
  default boolean wantsAttention() {
    return false;
  }

  /** Weights of one layer, (B, H, T, S). */
  default void attention(int layer, Tensor weights) {}

  /** Weights of one layer's attention to an encoder, (B, H, T, S). */
  default void crossAttention(int layer, Tensor weights) {}

  /** What enters a block (layer 0, 1, …), or leaves the last one; (B, T, C). */
  default void hidden(int layer, Tensor hidden) {}

  /** What a router says of the experts of a layer, (B·T, E). */
  default void routing(int layer, Tensor logits) {}

  /** The same, for what happens in a scope; what is heard is kept there. */
  default Taps from(Scope scope) {
    return this == NONE ? NONE : new Keeping(this, scope);
  }

  /**
   * Lets others hear what outlives a scope.
   *
   * @param listener who hears it
   * @param scope innermost when something is heard
   */
  record Keeping(Taps listener, Scope scope) implements Taps {
    @Override
    public boolean wantsAttention() {
      return listener.wantsAttention();
    }

    @Override
    public void attention(int layer, Tensor weights) {
      listener.attention(layer, scope.keep(weights));
    }

    @Override
    public void crossAttention(int layer, Tensor weights) {
      listener.crossAttention(layer, scope.keep(weights));
    }

    @Override
    public void hidden(int layer, Tensor hidden) {
      listener.hidden(layer, scope.keep(hidden));
    }

    @Override
    public void routing(int layer, Tensor logits) {
      listener.routing(layer, scope.keep(logits));
    }
  }

  /** Keeps everything that it hears, in the scope that is open. */
  final class Recorder implements Taps {
    private final List<Tensor> attentions = new ArrayList<>();
    private final List<Tensor> crossAttentions = new ArrayList<>();
    private final List<Tensor> hiddens = new ArrayList<>();
    private final List<Tensor> routings = new ArrayList<>();

    @Override
    public boolean wantsAttention() {
      return true;
    }

    @Override
    public void attention(int layer, Tensor weights) {
      attentions.add(weights);
    }

    @Override
    public void crossAttention(int layer, Tensor weights) {
      crossAttentions.add(weights);
    }

    @Override
    public void hidden(int layer, Tensor hidden) {
      hiddens.add(hidden);
    }

    @Override
    public void routing(int layer, Tensor logits) {
      routings.add(logits);
    }

    /** Weights of every layer, each (B, H, T, S). */
    public List<Tensor> attentions() {
      return attentions;
    }

    /** Weights of every layer's attention to an encoder, each (B, H, T, S). */
    public List<Tensor> crossAttentions() {
      return crossAttentions;
    }

    /** What entered each block, and what left the last; each (B, T, C). */
    public List<Tensor> hiddens() {
      return hiddens;
    }

    /** What the routers said, each (B·T, E). */
    public List<Tensor> routings() {
      return routings;
    }
  }
}
