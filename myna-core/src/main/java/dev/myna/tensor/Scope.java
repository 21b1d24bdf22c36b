package dev.myna.tensor;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.jspecify.annotations.Nullable;

/**
 * Owns the native memory of every tensor made on its thread while it is open, and frees it when it
 * closes.
 *
 * <p>Open one per training step, per generated token, per request, and around the blocks of a deep
 * model, so that what its layers make on the way is gone when they are. What must outlive it is
 * {@linkplain #keep kept}. Scopes nest; a kept tensor belongs to the next outer scope or, where
 * there is none, lives until nothing refers to it. Tensors that the graph of gradients needs are
 * held by the graph, whatever happens to the scope.
 *
 * <p>A scope belongs to the thread that opened it.
 */
public final class Scope implements AutoCloseable {
  private static final ThreadLocal<@Nullable Scope> CURRENT = new ThreadLocal<>();

  private final PointerScope pointers;
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<BackwardNode> held = new ArrayList<>();
  private final @Nullable Scope outer;
  private final Thread thread = Thread.currentThread();
  private boolean closed;

  private Scope() {
    Libtorch.load();
    outer = CURRENT.get();
    pointers = new PointerScope();
  }

  /** Opens a scope on this thread, inside the one that is open, if any. */
  public static Scope open() {
    Scope scope = new Scope();
    CURRENT.set(scope);
    return scope;
  }

  /** Runs a computation in a scope of its own; only its result survives, kept. */
  public static Tensor kept(Supplier<Tensor> computation) {
    try (Scope scope = open()) {
      return scope.keep(computation.get());
    }
  }

  /**
   * Lets a tensor outlive this scope.
   *
   * @return the same tensor
   * @throws IllegalStateException if this is not the innermost scope of this thread
   */
  @CanIgnoreReturnValue
  public Tensor keep(Tensor tensor) {
    requireInnermost("keep a tensor of");
    tensor.moveTo(this, outer);
    return tensor;
  }

  /** Frees what was made in this scope and not kept. Closing twice does nothing. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    requireInnermost("close");
    closed = true;
    CURRENT.set(outer);
    for (Tensor tensor : tensors) {
      tensor.scopeClosed(this);
    }
    held.forEach(BackwardNode::release);
    pointers.close();
  }

  static @Nullable Scope current() {
    return CURRENT.get();
  }

  void own(Tensor tensor) {
    tensors.add(tensor);
  }

  /** The scope of this thread in which all others are open. */
  static @Nullable Scope outermost() {
    Scope scope = CURRENT.get();
    while (scope != null && scope.outer != null) {
      scope = scope.outer;
    }
    return scope;
  }

  /** Keeps a node while this scope is open. */
  void hold(BackwardNode node) {
    held.add(node);
  }

  PointerScope pointers() {
    return pointers;
  }

  private void requireInnermost(String what) {
    if (Thread.currentThread() != thread) {
      throw new IllegalStateException(
          "wanted to %s a scope of thread %s, but this is thread %s; a scope belongs to one thread"
              .formatted(what, thread.getName(), Thread.currentThread().getName()));
    }
    if (CURRENT.get() != this) {
      throw new IllegalStateException(
          "wanted to %s a scope that %s; scopes close in the reverse order of opening"
              .formatted(what, closed ? "is closed" : "has an open scope inside"));
    }
  }
}
