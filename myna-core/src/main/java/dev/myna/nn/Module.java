package dev.myna.nn;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.myna.tensor.Device;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A layer or a model: named parameters and named children.
 *
 * <p>Subclasses register both in their constructors, where the names are seen: {@code query =
 * child("query", new Linear(…))}. A path of names with dots leads to a parameter: {@code
 * blocks.0.attention.query.weight}. What a layer computes is a {@code forward} of its own, with
 * typed parameters.
 */
public abstract class Module {
  private static final ScopedValue<Boolean> WEIGHTLESS = ScopedValue.newInstance();

  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final Map<String, Module> children = new LinkedHashMap<>();
  private boolean training;

  /** Registers a parameter, zero until it is initialised or loaded. */
  protected final Tensor parameter(String name, long... shape) {
    Tensor parameter =
        (WEIGHTLESS.isBound() ? Tensor.scalar(0).expand(shape) : Tensor.zeros(shape))
            .outliveScopes()
            .requiresGrad(true);
    parameters.put(name, parameter);
    return parameter;
  }

  /** Registers a child. */
  @CanIgnoreReturnValue
  protected final <M extends Module> M child(String name, M module) {
    children.put(name, module);
    return module;
  }

  /** All parameters below, by path. A tensor that two layers share appears once. */
  public final Map<String, Tensor> parameters() {
    Map<String, Tensor> all = new LinkedHashMap<>();
    modules()
        .forEach((path, module) -> module.parameters.forEach((n, p) -> all.put(join(path, n), p)));
    return all;
  }

  /** The parameters of this module itself, by name. */
  public final Map<String, Tensor> ownParameters() {
    return Collections.unmodifiableMap(parameters);
  }

  /** This module (by the empty path) and all below, by path, parents first. */
  public final Map<String, Module> modules() {
    Map<String, Module> all = new LinkedHashMap<>();
    collect("", all);
    return all;
  }

  private void collect(String path, Map<String, Module> all) {
    all.put(path, this);
    children.forEach((name, child) -> child.collect(join(path, name), all));
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** The children of this module, by name. */
  public final Map<String, Module> children() {
    return Collections.unmodifiableMap(children);
  }

  /**
   * Number of elements of all parameters that a module would have: it is made without memory for
   * them, and freed.
   *
   * @param making makes the module, and must not change its parameters but those of one element
   */
  public static long parameterCount(Supplier<? extends Module> making) {
    try (Scope scope = Scope.open()) {
      return ScopedValue.where(WEIGHTLESS, true)
          .call(
              () -> {
                Module made = making.get();
                long count = made.parameterCount();
                made.free();
                return count;
              });
    }
  }

  /** Number of elements of all parameters. */
  public final long parameterCount() {
    return parameters().values().stream().mapToLong(Tensor::numel).sum();
  }

  /** Whether dropout drops. */
  public final boolean training() {
    return training;
  }

  /** Switches dropout on or off, here and below. */
  public final void training(boolean on) {
    modules().values().forEach(m -> m.training = on);
  }

  /** Moves all parameters to a device, in place of the old ones. */
  public void moveTo(Device device) {
    try (Gradients off = Gradients.off()) {
      parameters().values().forEach(p -> p.moveTo_(device));
    }
  }

  /** Frees the native memory of all parameters; the module cannot be used afterwards. */
  public final void free() {
    parameters().values().forEach(Tensor::free);
  }
}
