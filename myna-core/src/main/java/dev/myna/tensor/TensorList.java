package dev.myna.tensor;

import java.util.List;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.TensorType;
import org.bytedeco.pytorch.Type;

/**
 * Many tensors at once, for operations that go over all of them in one call: what an optimizer
 * needs.
 */
public final class TensorList {
  private final List<Tensor> tensors;

  private TensorList(List<Tensor> tensors) {
    this.tensors = List.copyOf(tensors);
  }

  public static TensorList of(List<Tensor> tensors) {
    return new TensorList(tensors);
  }

  public List<Tensor> tensors() {
    return tensors;
  }

  /** Adds a number to every element of every tensor. */
  public void add_(double value) {
    call("_foreach_add_", "Scalar", new IValue(Libtorch.scalar(value)));
  }

  /** Multiplies every element of every tensor. */
  public void mul_(double value) {
    call("_foreach_mul_", "Scalar", new IValue(Libtorch.scalar(value)));
  }

  /** Multiplies every element of every tensor by a scalar tensor. */
  public void mul_(Tensor value) {
    call("_foreach_mul_", "Tensor", new IValue(value.raw()));
  }

  private void call(String name, String overload, IValue argument) {
    if (tensors.isEmpty()) {
      return;
    }
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      Libtorch.operator(name, overload).callBoxed(new IValueVector(list(tensors), argument));
    } catch (RuntimeException e) {
      throw Tensor.explain(name, e);
    }
  }

  /** Euclidean norm of all elements of all tensors, of shape (). */
  public Tensor norm() {
    if (tensors.isEmpty()) {
      return Tensor.scalar(0);
    }
    return Scope.kept(
        () -> {
          try (Gradients off = Gradients.off()) {
            List<Tensor> norms = tensors.stream().map(t -> t.norm().to(DType.FLOAT32)).toList();
            return Tensor.stack(norms, 0).norm();
          }
        });
  }

  /**
   * One step of AdamW (Loshchilov and Hutter, 2019) for all parameters in one call.
   *
   * @param gradients one a parameter
   * @param means running means of the gradients
   * @param squares running means of their squares
   * @param steps how many steps each parameter has taken, including this one: float32 scalars
   */
  public static void adamW(
      TensorList parameters,
      TensorList gradients,
      TensorList means,
      TensorList squares,
      TensorList steps,
      double rate,
      double beta1,
      double beta2,
      double decay,
      double epsilon) {
    if (parameters.tensors.isEmpty()) {
      return;
    }
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      IValueVector arguments =
          new IValueVector(
              list(parameters.tensors),
              list(gradients.tensors),
              list(means.tensors),
              list(squares.tensors),
              list(List.of()),
              list(steps.tensors),
              new IValue(rate),
              new IValue(beta1),
              new IValue(beta2),
              new IValue(decay),
              new IValue(epsilon),
              new IValue(false), // amsgrad
              new IValue(false), // maximize
              new IValue(), // grad_scale
              new IValue()); // found_inf
      Libtorch.operator("_fused_adamw_", "").callBoxed(arguments);
    } catch (RuntimeException e) {
      throw Tensor.explain("adamW", e);
    }
  }

  private static IValue list(List<Tensor> tensors) {
    GenericList list = new GenericList(new Type.TypePtr(TensorType.get()));
    for (Tensor tensor : tensors) {
      list.push_back(new IValue(tensor.raw()));
    }
    return new IValue(list);
  }
}
