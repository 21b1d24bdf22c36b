package dev.myna.tensor;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.EdgeVector;
import org.bytedeco.pytorch.FunctionPostHook;
import org.bytedeco.pytorch.FunctionPreHook;
import org.bytedeco.pytorch.Node;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * A step of the backward pass that is written in Java.
 *
 * <p>libtorch's own way to such nodes, {@code autograd::Function}, is a C++ template and not bound.
 * So a node of another kind, that of a concatenation, has its edges bent to the inputs, and two
 * hooks: what runs before takes the gradient away, what runs after puts those of the inputs in
 * place of what the node itself gave.
 */
final class BackwardNode {
  /** What is concatenated for the sake of the node. */
  private static final Tensor DUMMY = Tensor.zeros(1).outliveScopes().requiresGrad(true);

  /** What a hook returned last; C++ copies it as soon as the hook has ended. */
  private static final ThreadLocal<@Nullable Pointer> RETURNED = new ThreadLocal<>();

  /** Those made outside any scope, until they have run. */
  private static final Set<BackwardNode> UNSCOPED = ConcurrentHashMap.newKeySet();

  private final List<Tensor> saved;
  private final Function<Tensor, List<Tensor>> backward;
  private final Before before = Libtorch.immortal(new Before());
  private final After after = Libtorch.immortal(new After());
  private org.bytedeco.pytorch.@Nullable Tensor arrived;

  private BackwardNode(List<Tensor> saved, Function<Tensor, List<Tensor>> backward) {
    this.saved = saved;
    this.backward = backward;
  }

  /**
   * A tensor over the memory of {@code output} that, going backward, asks for the gradients of the
   * inputs.
   *
   * @param output computed without a graph
   * @param inputs some of which want gradients
   * @param saved what backward computes with
   * @param backward from the gradient of the output to those of all inputs
   */
  static Tensor attach(
      Tensor output,
      List<Tensor> inputs,
      List<Tensor> saved,
      Function<Tensor, List<Tensor>> backward) {
    saved.forEach(Tensor::outliveScopes);
    BackwardNode here = new BackwardNode(saved, backward);
    // C++ refers weakly to the Java side of a hook: it is kept until the outermost scope closes.
    Scope scope = Scope.outermost();
    if (scope == null) {
      UNSCOPED.add(here);
    } else {
      scope.hold(here);
    }
    try (Scope inner = Scope.open();
        Gradients on = Gradients.on()) {
      Node node = torch.cat(Tensor.vector(inputs.stream().map(i -> DUMMY).toList())).grad_fn();
      EdgeVector edges = new EdgeVector(inputs.size());
      for (int i = 0; i < inputs.size(); i++) {
        var input = inputs.get(i).raw();
        if (input.requires_grad()) {
          edges.put(i, input.view_as(input).grad_fn().next_edge(0));
        }
      }
      node.set_next_edges(edges);
      node.clear_input_metadata();
      Tensor result = inner.keep(output.detach());
      torch.create_gradient_edge(result.raw(), node);
      node.add_pre_hook(here.before);
      node.add_post_hook(here.after);
      return result;
    }
  }

  /** Hands a result to C++, and frees the one before. */
  private static TensorVector returned(TensorVector result) {
    Pointer last = RETURNED.get();
    if (last != null) {
      last.deallocate();
    }
    RETURNED.set(Libtorch.immortal(result));
    return result;
  }

  private final class Before extends FunctionPreHook {
    @Override
    public TensorVector apply(TensorVector gradients) {
      arrived = Libtorch.immortal(new org.bytedeco.pytorch.Tensor(gradients.get(0)));
      return returned(new TensorVector(new org.bytedeco.pytorch.Tensor())); // it is to do nothing
    }
  }

  private final class After extends FunctionPostHook {
    @Override
    public TensorVector apply(TensorVector outputs, TensorVector inputs) {
      var gradient = arrived;
      if (gradient == null) {
        throw new IllegalStateException("a graph was gone back through for the second time");
      }
      arrived = null;
      try (Scope scope = Scope.open()) {
        return returned(Tensor.vector(backward.apply(Tensor.borrow(gradient))));
      } finally {
        UNSCOPED.remove(BackwardNode.this);
        gradient.deallocate();
        release();
      }
    }
  }

  /** Frees what was saved. */
  void release() {
    saved.stream().filter(tensor -> !tensor.freed()).forEach(Tensor::free);
  }
}
