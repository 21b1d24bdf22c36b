package dev.myna.tensor;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Cleaner;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * An n-dimensional array in native memory: a view of libtorch's tensor.
 *
 * <p>Every operation makes a new tensor that belongs to the innermost open {@link Scope} of the
 * thread; operations whose name ends in an underscore change this one. A tensor made outside any
 * scope (weights) is freed when nothing refers to it any more.
 *
 * <p>Errors: {@link IllegalArgumentException} names the operation and the shapes that do not go
 * together; {@link IllegalStateException} says that a tensor was used after its scope had closed.
 */
public final class Tensor {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final LongAdder LIVE = new LongAdder();
  private static final long[] SCALAR_SHAPE = {};

  private org.bytedeco.pytorch.@Nullable Tensor raw;
  private @Nullable Scope scope;
  private Cleaner.@Nullable Cleanable unscoped;
  private long[] lastShape = SCALAR_SHAPE;

  private Tensor(org.bytedeco.pytorch.Tensor raw) {
    this.raw = raw;
    scope = Scope.current();
    LIVE.increment();
    if (scope != null) {
      scope.own(this);
    } else {
      outliveScopes(raw);
    }
  }

  private void outliveScopes(org.bytedeco.pytorch.Tensor pointer) {
    scope = null;
    pointer.retainReference();
    // The action must not refer to this object, or it would never become unreachable.
    unscoped = CLEANER.register(this, () -> release(pointer));
  }

  private static void release(org.bytedeco.pytorch.Tensor pointer) {
    LIVE.decrement();
    var unused = pointer.releaseReference();
  }

  /** Number of tensor objects of this process that are not freed. */
  public static long live() {
    return LIVE.sum();
  }

  // ---- life ------------------------------------------------------------------------------------

  org.bytedeco.pytorch.Tensor raw() {
    org.bytedeco.pytorch.Tensor pointer = raw;
    if (pointer == null) {
      throw new IllegalStateException(
          "the tensor of shape %s was freed when its scope closed; call scope.keep(tensor) on what must outlive the scope"
              .formatted(text(lastShape)));
    }
    return pointer;
  }

  void scopeClosed(Scope closing) {
    if (scope == closing) {
      lastShape = shape();
      raw = null;
      LIVE.decrement();
    }
  }

  void moveTo(Scope inner, @Nullable Scope outer) {
    org.bytedeco.pytorch.Tensor pointer = raw();
    if (scope != inner) {
      return;
    }
    scope = outer;
    if (outer == null) {
      outliveScopes(pointer);
    } else {
      outer.pointers().attach(pointer);
      outer.own(this);
    }
  }

  /**
   * Lets this tensor outlive every scope: weights, caches. It lives until nothing refers to it, or
   * until {@link #free}.
   *
   * @return this tensor
   */
  @CanIgnoreReturnValue
  public Tensor outliveScopes() {
    org.bytedeco.pytorch.Tensor pointer = raw();
    if (scope != null) {
      outliveScopes(pointer);
    }
    return this;
  }

  /** Frees a tensor that belongs to no scope at once, instead of when nothing refers to it. */
  public void free() {
    if (unscoped == null) {
      throw new IllegalStateException(
          "the tensor of shape %s belongs to a scope, which frees it".formatted(text(shape())));
    }
    if (raw != null) {
      lastShape = shape();
      raw = null;
      unscoped.clean();
    }
  }

  /** Whether the memory of this tensor is gone. */
  public boolean freed() {
    return raw == null;
  }

  /** A result of the library that this object now owns. */
  static Tensor own(org.bytedeco.pytorch.Tensor raw) {
    return new Tensor(raw);
  }

  /** A reference that something else owns (an element of a list, a gradient): copied, not taken. */
  static Tensor borrow(org.bytedeco.pytorch.Tensor raw) {
    return new Tensor(new org.bytedeco.pytorch.Tensor(raw));
  }

  private static Tensor op(
      String name, Supplier<org.bytedeco.pytorch.Tensor> operation, Tensor... inputs) {
    try {
      return own(operation.get());
    } catch (RuntimeException e) {
      throw explain(name, e, inputs);
    }
  }

  private static List<Tensor> ops(String name, Supplier<TensorVector> operation, Tensor... inputs) {
    try {
      TensorVector parts = operation.get();
      Tensor[] tensors = new Tensor[Math.toIntExact(parts.size())];
      Arrays.setAll(tensors, i -> borrow(parts.get(i)));
      return List.of(tensors);
    } catch (RuntimeException e) {
      throw explain(name, e, inputs);
    }
  }

  /** Cuts libtorch's error with its C++ trace to one sentence with the operation and the shapes. */
  static RuntimeException explain(String operation, RuntimeException e, Tensor... inputs) {
    if (e instanceof IllegalStateException || e instanceof IllegalArgumentException) {
      return e;
    }
    String message = String.valueOf(e.getMessage());
    String sentence = message.lines().findFirst().orElse("").trim();
    String shapes =
        Arrays.stream(inputs)
            .map(t -> t.freed() ? "freed" : text(t.shape()))
            .collect(Collectors.joining(" and "));
    return new IllegalArgumentException(
        shapes.isEmpty()
            ? operation + ": " + sentence
            : "%s of %s: %s".formatted(operation, shapes, sentence),
        e);
  }

  private static long[] dims(long... shape) {
    return shape;
  }

  // ---- making ----------------------------------------------------------------------------------

  /** A float32 tensor of these values, in row-major order. */
  public static Tensor of(float[] values, long... shape) {
    Tensor t = empty(DType.FLOAT32, Device.CPU, sized(values.length, shape));
    MemorySegment.copy(values, 0, t.memory(), ValueLayout.JAVA_FLOAT, 0, values.length);
    return t;
  }

  /** An int64 tensor of these values, in row-major order. */
  public static Tensor of(long[] values, long... shape) {
    Tensor t = empty(DType.INT64, Device.CPU, sized(values.length, shape));
    MemorySegment.copy(values, 0, t.memory(), ValueLayout.JAVA_LONG, 0, values.length);
    return t;
  }

  /** An int64 tensor of these ids, in row-major order. */
  public static Tensor of(int[] values, long... shape) {
    return of(Arrays.stream(values).asLongStream().toArray(), shape);
  }

  /** A boolean tensor of these values, in row-major order. */
  public static Tensor of(boolean[] values, long... shape) {
    Tensor t = empty(DType.BOOL, Device.CPU, sized(values.length, shape));
    MemorySegment memory = t.memory();
    for (int i = 0; i < values.length; i++) {
      memory.set(ValueLayout.JAVA_BYTE, i, (byte) (values[i] ? 1 : 0));
    }
    return t;
  }

  private static long[] sized(int count, long... shape) {
    long[] dims = shape.length == 0 ? new long[] {count} : shape;
    if (Arrays.stream(dims).reduce(1, (a, b) -> a * b) != count) {
      throw new IllegalArgumentException(
          "shape %s does not hold %d values".formatted(text(dims), count));
    }
    return dims;
  }

  /** A single float32 number, of shape (). */
  public static Tensor scalar(double value) {
    return full(value, DType.FLOAT32, Device.CPU);
  }

  /** Memory that is not set to anything. */
  public static Tensor empty(DType dtype, Device device, long... shape) {
    Libtorch.load();
    return op(
        "empty",
        () ->
            torch.empty(
                shape,
                Libtorch.options(dtype, device),
                new org.bytedeco.pytorch.MemoryFormatOptional()));
  }

  /** A float32 tensor of zeros on the processor. */
  public static Tensor zeros(long... shape) {
    return zeros(DType.FLOAT32, Device.CPU, shape);
  }

  public static Tensor zeros(DType dtype, Device device, long... shape) {
    Libtorch.load();
    return op("zeros", () -> torch.zeros(shape, Libtorch.options(dtype, device)));
  }

  /** A float32 tensor of ones on the processor. */
  public static Tensor ones(long... shape) {
    return full(1, DType.FLOAT32, Device.CPU, shape);
  }

  public static Tensor full(double value, DType dtype, Device device, long... shape) {
    Libtorch.load();
    return op(
        "full", () -> torch.full(shape, Libtorch.scalar(value), Libtorch.options(dtype, device)));
  }

  /** The int64 numbers from {@code start} to below {@code end}, of shape (end - start). */
  public static Tensor range(long start, long end, Device device) {
    Libtorch.load();
    return op(
        "range",
        () ->
            torch.arange(
                Libtorch.scalar(start),
                Libtorch.scalar(end),
                Libtorch.options(DType.INT64, device)));
  }

  /** Tensors one after another along a dimension. */
  public static Tensor cat(List<Tensor> tensors, int dim) {
    return op("cat", () -> torch.cat(vector(tensors), dim), tensors.toArray(new Tensor[0]));
  }

  /** Tensors of one shape side by side along a new dimension. */
  public static Tensor stack(List<Tensor> tensors, int dim) {
    return op("stack", () -> torch.stack(vector(tensors), dim), tensors.toArray(new Tensor[0]));
  }

  static TensorVector vector(List<Tensor> tensors) {
    TensorVector vector = new TensorVector(tensors.size());
    for (int i = 0; i < tensors.size(); i++) {
      vector.put(i, tensors.get(i).raw());
    }
    return vector;
  }

  // ---- what it is ------------------------------------------------------------------------------

  public int dim() {
    return Math.toIntExact(raw().dim());
  }

  /** Size of one dimension; negative dimensions count from the last. */
  public long size(int dim) {
    org.bytedeco.pytorch.Tensor pointer = raw();
    int dims = dim();
    if (dim < -dims || dim >= dims) {
      throw new IllegalArgumentException(
          "dimension %d of a tensor of shape %s is not there".formatted(dim, text(shape())));
    }
    return pointer.size(dim);
  }

  public long[] shape() {
    org.bytedeco.pytorch.Tensor pointer = raw();
    long[] shape = new long[(int) pointer.dim()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = pointer.size(i);
    }
    return shape;
  }

  /** Number of elements. */
  public long numel() {
    return raw().numel();
  }

  public DType dtype() {
    return DType.of(raw().scalar_type());
  }

  public Device device() {
    if (!raw().is_cuda()) {
      return Device.CPU;
    }
    try (org.bytedeco.pytorch.Device device = raw().device()) {
      return new Device(Device.Kind.CUDA, device.index());
    }
  }

  public boolean contiguous() {
    return raw().is_contiguous();
  }

  // ---- reading out -----------------------------------------------------------------------------

  /** The only element, as a number. */
  public double item() {
    if (numel() != 1) {
      throw new IllegalArgumentException(
          "item wants a tensor of one element, found shape " + text(shape()));
    }
    return raw().item_double();
  }

  /** All elements as float32, in row-major order. */
  public float[] toFloats() {
    try (Scope inner = Scope.open()) {
      Tensor t = readable(DType.FLOAT32);
      return t.memory().toArray(ValueLayout.JAVA_FLOAT);
    }
  }

  /** All elements as int64, in row-major order. */
  public long[] toLongs() {
    try (Scope inner = Scope.open()) {
      Tensor t = readable(DType.INT64);
      return t.memory().toArray(ValueLayout.JAVA_LONG);
    }
  }

  /** All elements as int32, in row-major order. */
  public int[] toInts() {
    try (Scope inner = Scope.open()) {
      Tensor t = readable(DType.INT32);
      return t.memory().toArray(ValueLayout.JAVA_INT);
    }
  }

  private Tensor readable(DType dtype) {
    return detach().to(Device.CPU).to(dtype).makeContiguous();
  }

  /**
   * The memory of a contiguous tensor on the processor, in the machine's byte order. It lives as
   * long as the tensor.
   */
  public MemorySegment memory() {
    if (!contiguous() || raw().is_cuda()) {
      throw new IllegalArgumentException(
          "the memory of shape %s is not one contiguous block on the processor; call to(CPU).makeContiguous() first"
              .formatted(text(shape())));
    }
    org.bytedeco.javacpp.Pointer data = raw().data_ptr();
    return data == null || data.isNull()
        ? MemorySegment.ofArray(new byte[0])
        : MemorySegment.ofAddress(data.address()).reinterpret(raw().nbytes());
  }

  /**
   * A tensor over memory of somebody else, which must outlive it: a mapped file. No copy is made.
   */
  static Tensor over(MemorySegment memory, DType dtype, long... shape) {
    Libtorch.load();
    org.bytedeco.javacpp.Pointer data =
        new org.bytedeco.javacpp.Pointer() {
          {
            address = memory.address();
          }
        };
    return op("over", () -> torch.from_blob(data, shape, Libtorch.options(dtype, Device.CPU)));
  }

  // ---- types, places, graph --------------------------------------------------------------------

  /** This tensor with another element type; itself where the type is that already. */
  public Tensor to(DType dtype) {
    return dtype() == dtype ? this : op("to", () -> raw().to(dtype.scalarType()), this);
  }

  /** This tensor on another device; itself where it lies there already. */
  public Tensor to(Device device) {
    return device().equals(device)
        ? this
        : op("to", () -> raw().to(device.raw(), dtype().scalarType()), this);
  }

  /** Moves the memory of this tensor itself, a weight, to another device. */
  public void moveTo_(Device device) {
    if (!device().equals(device)) {
      try (Scope inner = Scope.open()) {
        raw().set_data(to(device).raw());
      }
    }
  }

  /** This tensor in one row-major block; itself where it is one already. */
  public Tensor makeContiguous() {
    return contiguous() ? this : op("contiguous", () -> raw().contiguous(), this);
  }

  /** A copy in memory of its own. */
  public Tensor copy() {
    return op("copy", () -> raw().clone(), this);
  }

  /** The same memory without its place in the graph of gradients. */
  public Tensor detach() {
    return op("detach", () -> raw().detach(), this);
  }

  /** Marks a leaf whose gradient is wanted, or no longer. */
  @CanIgnoreReturnValue
  public Tensor requiresGrad(boolean wanted) {
    var unused = raw().requires_grad_(wanted);
    return this;
  }

  public boolean requiresGrad() {
    return raw().requires_grad();
  }

  /** The gradient that {@link #backward} left here, or null. */
  public @Nullable Tensor grad() {
    org.bytedeco.pytorch.Tensor grad = raw().grad();
    return grad.defined() ? borrow(grad) : null;
  }

  /** Whether {@link #backward} left a gradient here. */
  public boolean hasGrad() {
    return raw().grad().defined();
  }

  /** Puts a gradient here, in place of the one that is. */
  public void grad(Tensor gradient) {
    var unused = raw().mutable_grad().put(gradient.raw());
  }

  /** Forgets the gradient. */
  public void clearGrad() {
    raw().mutable_grad().reset();
  }

  /** Adds the gradients of this scalar to every leaf that wants one. */
  public void backward() {
    try {
      raw().backward();
    } catch (RuntimeException e) {
      throw explain("backward", e, this);
    }
  }

  /**
   * This tensor, computed without a graph, as a function of some inputs: going backward through it
   * runs {@code backward}, once.
   *
   * @param saved what {@code backward} computes with; freed when it has run, or when the outermost
   *     scope closes
   * @param backward from the gradient of this tensor to those of the inputs, one for each
   */
  public Tensor withBackward(
      List<Tensor> inputs, List<Tensor> saved, Function<Tensor, List<Tensor>> backward) {
    return BackwardNode.attach(this, inputs, saved, backward);
  }

  // ---- shape -----------------------------------------------------------------------------------

  /** Another shape over the same memory; one size may be -1. */
  public Tensor view(long... shape) {
    return op("view to " + text(shape), () -> raw().view(shape), this);
  }

  /** Another shape, over the same memory where that is possible; one size may be -1. */
  public Tensor reshape(long... shape) {
    return op("reshape", () -> raw().reshape(shape), this);
  }

  public Tensor transpose(int a, int b) {
    return op("transpose", () -> raw().transpose(a, b), this);
  }

  public Tensor permute(long... dims) {
    return op("permute", () -> raw().permute(dims), this);
  }

  public Tensor unsqueeze(int dim) {
    return op("unsqueeze", () -> raw().unsqueeze(dim), this);
  }

  public Tensor squeeze(int dim) {
    return op("squeeze", () -> raw().squeeze(dim), this);
  }

  /** Repeats dimensions of size 1 without copying; -1 keeps a size. */
  public Tensor expand(long... shape) {
    return op("expand to " + text(shape), () -> raw().expand(shape), this);
  }

  /** {@code length} entries of a dimension from {@code start} on, as a view. */
  public Tensor narrow(int dim, long start, long length) {
    return op("narrow", () -> raw().narrow(dim, start, length), this);
  }

  /** One entry of a dimension, which disappears, as a view. */
  public Tensor select(int dim, long index) {
    return op("select", () -> raw().select(dim, index), this);
  }

  /** Consecutive parts of {@code size} entries each along a dimension, as views. */
  public List<Tensor> split(long size, int dim) {
    return ops("split", () -> raw().split(size, dim), this);
  }

  /** Consecutive parts of these sizes along a dimension, as views. */
  public List<Tensor> split(long[] sizes, int dim) {
    return ops("split", () -> raw().split(sizes, dim), this);
  }

  /** Every entry of a dimension, which disappears, as views. */
  public List<Tensor> unbind(int dim) {
    return ops("unbind", () -> raw().unbind(dim), this);
  }

  /** Each entry {@code times} times in a row along a dimension. */
  public Tensor repeatInterleave(long times, int dim) {
    return op(
        "repeatInterleave",
        () -> torch.repeat_interleave(raw(), times, new LongOptional(dim), new LongOptional()),
        this);
  }

  public Tensor flip(long... dims) {
    return op("flip", () -> raw().flip(dims), this);
  }

  // ---- arithmetic ------------------------------------------------------------------------------

  public Tensor add(Tensor other) {
    return op("add", () -> raw().add(other.raw()), this, other);
  }

  public Tensor add(double value) {
    return op("add", () -> raw().add(Libtorch.scalar(value)), this);
  }

  /** Whole numbers stay whole. */
  public Tensor add(long value) {
    return op("add", () -> raw().add(Libtorch.scalar(value)), this);
  }

  public Tensor sub(Tensor other) {
    return op("sub", () -> raw().sub(other.raw()), this, other);
  }

  public Tensor mul(Tensor other) {
    return op("mul", () -> raw().mul(other.raw()), this, other);
  }

  public Tensor mul(double value) {
    return op("mul", () -> raw().mul(Libtorch.scalar(value)), this);
  }

  /** Whole numbers stay whole. */
  public Tensor mul(long value) {
    return op("mul", () -> raw().mul(Libtorch.scalar(value)), this);
  }

  public Tensor div(Tensor other) {
    return op("div", () -> raw().div(other.raw()), this, other);
  }

  public Tensor div(double value) {
    return op("div", () -> raw().div(Libtorch.scalar(value)), this);
  }

  public Tensor neg() {
    return op("neg", () -> raw().neg(), this);
  }

  public Tensor abs() {
    return op("abs", () -> raw().abs(), this);
  }

  public Tensor pow(double exponent) {
    return op("pow", () -> raw().pow(Libtorch.scalar(exponent)), this);
  }

  public Tensor exp() {
    return op("exp", () -> raw().exp(), this);
  }

  public Tensor log() {
    return op("log", () -> raw().log(), this);
  }

  /** {@code log(1 + x)}, exact for small x. */
  public Tensor log1p() {
    return op("log1p", () -> raw().log1p(), this);
  }

  /** The error function. */
  public Tensor erf() {
    return op("erf", () -> raw().erf(), this);
  }

  public Tensor sqrt() {
    return op("sqrt", () -> raw().sqrt(), this);
  }

  public Tensor rsqrt() {
    return op("rsqrt", () -> raw().rsqrt(), this);
  }

  public Tensor cos() {
    return op("cos", () -> raw().cos(), this);
  }

  public Tensor sin() {
    return op("sin", () -> raw().sin(), this);
  }

  /** Whole numbers stay whole. */
  public Tensor clamp(long low, long high) {
    return op(
        "clamp",
        () ->
            raw()
                .clamp(
                    new org.bytedeco.pytorch.ScalarOptional(Libtorch.scalar(low)),
                    new org.bytedeco.pytorch.ScalarOptional(Libtorch.scalar(high))),
        this);
  }

  public Tensor clamp(double low, double high) {
    return op(
        "clamp",
        () ->
            raw()
                .clamp(
                    new org.bytedeco.pytorch.ScalarOptional(Libtorch.scalar(low)),
                    new org.bytedeco.pytorch.ScalarOptional(Libtorch.scalar(high))),
        this);
  }

  // ---- in place --------------------------------------------------------------------------------

  @CanIgnoreReturnValue
  public Tensor add_(Tensor other) {
    return inPlace("add_", () -> raw().add_(other.raw()), this, other);
  }

  @CanIgnoreReturnValue
  public Tensor add_(double value) {
    return inPlace("add_", () -> raw().add_(Libtorch.scalar(value)), this);
  }

  @CanIgnoreReturnValue
  public Tensor mul_(double value) {
    return inPlace("mul_", () -> raw().mul_(Libtorch.scalar(value)), this);
  }

  @CanIgnoreReturnValue
  public Tensor mul_(Tensor other) {
    return inPlace("mul_", () -> raw().mul_(other.raw()), this, other);
  }

  @CanIgnoreReturnValue
  public Tensor copy_(Tensor source) {
    return inPlace("copy_", () -> raw().copy_(source.raw()), this, source);
  }

  @CanIgnoreReturnValue
  public Tensor zero_() {
    return inPlace("zero_", () -> raw().zero_(), this);
  }

  @CanIgnoreReturnValue
  public Tensor fill_(double value) {
    return inPlace("fill_", () -> raw().fill_(Libtorch.scalar(value)), this);
  }

  private Tensor inPlace(
      String name, Supplier<org.bytedeco.pytorch.Tensor> operation, Tensor... inputs) {
    try {
      // The result is this tensor's own pointer: not another one to be freed.
      var unused = operation.get();
      return this;
    } catch (RuntimeException e) {
      throw explain(name, e, inputs);
    }
  }

  // ---- products --------------------------------------------------------------------------------

  /** Matrix product over the last two dimensions, the ones before broadcast. */
  public Tensor matmul(Tensor other) {
    return op("matmul", () -> raw().matmul(other.raw()), this, other);
  }

  /**
   * {@code this · weightᵀ + bias}, over the last dimension.
   *
   * @param weight (out, in)
   * @param bias (out), or null
   */
  public Tensor linear(Tensor weight, @Nullable Tensor bias) {
    if (isOneRow() && !raw().is_cuda() && dtype() == DType.FLOAT32) {
      return row(weight, bias);
    }
    if (bias == null) {
      return op("linear", () -> torch.linear(raw(), weight.raw()), this, weight);
    }
    if (raw().is_cuda() || dtype() != DType.FLOAT32) {
      return op(
          "linear",
          () -> torch.linear(raw(), weight.raw(), new TensorOptional(bias.raw())),
          this,
          weight,
          bias);
    }
    // In float32 on the processor the fused product with bias takes a slow path.
    return op(
        "linear", () -> torch.linear(raw(), weight.raw()).add_(bias.raw()), this, weight, bias);
  }

  /** Whether this is one row of numbers: every dimension but the last is 1. */
  private boolean isOneRow() {
    return dim() > 0 && numel() == size(-1);
  }

  /**
   * A token alone: the product of matrix and vector goes over the weight once, where that of two
   * matrices copies it into panels first, which takes five times as long.
   */
  private Tensor row(Tensor weight, @Nullable Tensor bias) {
    long[] shape = shape();
    long in = shape[shape.length - 1];
    shape[shape.length - 1] = weight.size(0);
    if (RowProduct.fits(weight, in, bias)) {
      return RowProduct.of(weight, this, bias, shape);
    }
    return op(
        "linear",
        () -> {
          var vector = raw().reshape(in);
          var product =
              bias == null
                  ? weight.raw().mv(vector)
                  : torch.addmv(bias.raw(), weight.raw(), vector);
          return product.view(shape);
        },
        this,
        weight);
  }

  // ---- reductions ------------------------------------------------------------------------------

  public Tensor sum() {
    return op("sum", () -> raw().sum(), this);
  }

  public Tensor sum(int dim, boolean keepDim) {
    return op("sum", () -> raw().sum(dims(dim), keepDim, Libtorch.noType()), this);
  }

  public Tensor mean() {
    return op("mean", () -> raw().mean(), this);
  }

  public Tensor mean(int dim, boolean keepDim) {
    return op("mean", () -> raw().mean(dims(dim), keepDim, Libtorch.noType()), this);
  }

  public Tensor max() {
    return op("max", () -> raw().max(), this);
  }

  public Tensor max(int dim, boolean keepDim) {
    return op("max", () -> raw().amax(dims(dim), keepDim), this);
  }

  public Tensor argmax(int dim) {
    return op("argmax", () -> raw().argmax(new LongOptional(dim), false), this);
  }

  public Tensor cumsum(int dim) {
    return op("cumsum", () -> raw().cumsum(dim), this);
  }

  /** Euclidean norm of all elements. */
  public Tensor norm() {
    return op("norm", () -> raw().norm(), this);
  }

  /** Whether every element is neither infinite nor NaN. */
  public boolean finite() {
    try (Scope inner = Scope.open()) {
      return op("isfinite", () -> raw().isfinite().all(), this).item() != 0;
    }
  }

  // ---- comparing, choosing ---------------------------------------------------------------------

  public Tensor eq(double value) {
    return op("eq", () -> raw().eq(Libtorch.scalar(value)), this);
  }

  public Tensor eq(Tensor other) {
    return op("eq", () -> raw().eq(other.raw()), this, other);
  }

  public Tensor ne(double value) {
    return op("ne", () -> raw().ne(Libtorch.scalar(value)), this);
  }

  public Tensor lt(Tensor other) {
    return op("lt", () -> raw().lt(other.raw()), this, other);
  }

  public Tensor le(Tensor other) {
    return op("le", () -> raw().le(other.raw()), this, other);
  }

  public Tensor gt(Tensor other) {
    return op("gt", () -> raw().gt(other.raw()), this, other);
  }

  public Tensor ge(double value) {
    return op("ge", () -> raw().ge(Libtorch.scalar(value)), this);
  }

  public Tensor and(Tensor other) {
    return op("and", () -> raw().logical_and(other.raw()), this, other);
  }

  public Tensor not() {
    return op("not", () -> raw().logical_not(), this);
  }

  /** Elements of {@code yes} where this boolean tensor is true, of {@code no} elsewhere. */
  public Tensor where(Tensor yes, Tensor no) {
    return op("where", () -> torch.where(raw(), yes.raw(), no.raw()), this, yes, no);
  }

  /** A value where a boolean tensor is true. */
  public Tensor maskedFill(Tensor mask, double value) {
    return op(
        "maskedFill", () -> raw().masked_fill(mask.raw(), Libtorch.scalar(value)), this, mask);
  }

  /** Entries of a dimension by their index (n). */
  public Tensor indexSelect(int dim, Tensor index) {
    return op("indexSelect", () -> raw().index_select(dim, index.raw()), this, index);
  }

  /** Adds rows of {@code source} to rows of a copy of this one, by index (n). */
  public Tensor indexAdd(int dim, Tensor index, Tensor source) {
    return op(
        "indexAdd", () -> raw().index_add(dim, index.raw(), source.raw()), this, index, source);
  }

  public Tensor gather(int dim, Tensor index) {
    return op("gather", () -> raw().gather(dim, index.raw()), this, index);
  }

  /** A copy with the elements of {@code source} at {@code index} along a dimension. */
  public Tensor scatter(int dim, Tensor index, Tensor source) {
    return op("scatter", () -> raw().scatter(dim, index.raw(), source.raw()), this, index, source);
  }

  /** Indices (n, dim) of the elements that are not zero. */
  public Tensor nonzero() {
    return op("nonzero", () -> raw().nonzero(), this);
  }

  /** Lower triangle of the last two dimensions, zero above the given diagonal. */
  public Tensor tril(long diagonal) {
    return op("tril", () -> raw().tril(diagonal), this);
  }

  /** Upper triangle of the last two dimensions, zero below the given diagonal. */
  public Tensor triu(long diagonal) {
    return op("triu", () -> raw().triu(diagonal), this);
  }

  /** Values and indices that sort a dimension. */
  public Pair sort(int dim, boolean descending) {
    return pair("sort", () -> raw().sort(dim, descending));
  }

  /** The {@code k} largest values of a dimension, in falling order, and their indices. */
  public Pair topk(long k, int dim) {
    return pair("topk", () -> raw().topk(k, dim, true, true));
  }

  /** Two results of one operation. */
  public record Pair(Tensor values, Tensor indices) {}

  private Pair pair(String name, Supplier<org.bytedeco.pytorch.T_TensorTensor_T> operation) {
    try {
      var both = operation.get();
      return new Pair(borrow(both.get0()), borrow(both.get1()));
    } catch (RuntimeException e) {
      throw explain(name, e, this);
    }
  }

  // ---- layers ----------------------------------------------------------------------------------

  public Tensor softmax(int dim) {
    return op("softmax", () -> raw().softmax(dim), this);
  }

  /**
   * The gradient of scores, where this is that of their {@link #softmax} over the last dimension.
   *
   * @param softmax what it gave
   */
  public Tensor softmaxGradient(Tensor softmax) {
    return op(
        "softmaxGradient",
        () -> {
          IValueVector stack =
              new IValueVector(
                  new IValue(raw()),
                  new IValue(softmax.raw()),
                  new IValue(-1L),
                  new IValue((long) softmax.dtype().scalarType().value));
          Libtorch.operator("_softmax_backward_data", "").callBoxed(stack);
          return new org.bytedeco.pytorch.Tensor(stack.get(0).toTensor());
        },
        this,
        softmax);
  }

  public Tensor logSoftmax(int dim) {
    return op("logSoftmax", () -> raw().log_softmax(dim), this);
  }

  public Tensor relu() {
    return op("relu", () -> raw().relu(), this);
  }

  public Tensor leakyRelu(double slope) {
    return op("leakyRelu", () -> torch.leaky_relu(raw(), Libtorch.scalar(slope)), this);
  }

  public Tensor sigmoid() {
    return op("sigmoid", () -> raw().sigmoid(), this);
  }

  public Tensor tanh() {
    return op("tanh", () -> raw().tanh(), this);
  }

  public Tensor silu() {
    return ActivationKernel.fits(this)
        ? ActivationKernel.SILU.of(this)
        : op("silu", () -> torch.silu(raw()), this);
  }

  /** Gaussian error linear unit (Hendrycks and Gimpel, 2016), by the error function. */
  public Tensor gelu() {
    return ActivationKernel.fits(this)
        ? ActivationKernel.GELU.of(this)
        : op("gelu", () -> torch.gelu(raw()), this);
  }

  /** The approximation of {@link #gelu} by a hyperbolic tangent. */
  public Tensor geluTanh() {
    return ActivationKernel.fits(this)
        ? ActivationKernel.GELU_TANH.of(this)
        : op("geluTanh", () -> torch.gelu(raw(), "tanh"), this);
  }

  /** Rows of this table (V, C) by ids of any shape. */
  public Tensor embedding(Tensor ids) {
    return op("embedding", () -> torch.embedding(raw(), ids.raw()), this, ids);
  }

  /** Layer normalisation over the last dimension (Ba et al., 2016). */
  public Tensor layerNorm(@Nullable Tensor weight, @Nullable Tensor bias, double epsilon) {
    return op(
        "layerNorm",
        () ->
            torch.layer_norm(
                raw(), dims(size(-1)), optional(weight), optional(bias), epsilon, false),
        this);
  }

  /** Root-mean-square normalisation over the last dimension (Zhang and Sennrich, 2019). */
  public Tensor rmsNorm(Tensor weight, double epsilon) {
    return op(
        "rmsNorm",
        () ->
            torch.rms_norm(
                raw(),
                dims(size(-1)),
                new TensorOptional(weight.raw()),
                new DoubleOptional(epsilon)),
        this,
        weight);
  }

  /** Zeroes elements with this probability and scales the others by its complement. */
  public Tensor dropout(double probability) {
    return raw().is_cuda()
        ? op("dropout", () -> torch.dropout(raw(), probability, true), this)
        : mul(DropoutMask.draw(probability, Random.current().key(), dtype(), shape()));
  }

  /**
   * Scaled dot-product attention (Vaswani et al., 2017) by libtorch's fused kernel.
   *
   * @param key (B, H, S, D)
   * @param value (B, H, S, D)
   * @param mask added to the scores, or boolean (true: seen); null for none
   * @param dropout probability of dropping an attention weight
   * @param causal whether position t sees only positions up to t; then {@code mask} is null
   * @param scale of the scores
   * @return (B, H, T, D)
   */
  public Tensor attention(
      Tensor key,
      Tensor value,
      @Nullable Tensor mask,
      double dropout,
      boolean causal,
      double scale) {
    boolean parallelOverHeads = dropout == 0 && !raw().is_cuda();
    try (BlasThreads one = BlasThreads.one(parallelOverHeads)) {
      Tensor y =
          op(
              "attention",
              () ->
                  torch.scaled_dot_product_attention(
                      raw(),
                      key.raw(),
                      value.raw(),
                      optional(mask),
                      dropout,
                      causal,
                      new DoubleOptional(scale),
                      false),
              this,
              key,
              value);
      one.inBackward(y, this, key, value);
      return y;
    }
  }

  /**
   * Mean cross-entropy of logits (N, V) against ids (N).
   *
   * @param ignored an id whose positions do not count
   * @param smoothing label smoothing (Szegedy et al., 2016)
   */
  public Tensor crossEntropy(Tensor targets, long ignored, double smoothing) {
    return crossEntropy(targets, null, ignored, smoothing);
  }

  /**
   * The same where classes weigh differently: the mean over ids by the weights of their classes.
   *
   * @param weights (V), or null where all weigh alike
   */
  public Tensor crossEntropy(
      Tensor targets, @Nullable Tensor weights, long ignored, double smoothing) {
    long meanReduction = 1;
    return op(
        "crossEntropy",
        () ->
            torch.cross_entropy_loss(
                raw(), targets.raw(), optional(weights), meanReduction, ignored, smoothing),
        this,
        targets);
  }

  private static TensorOptional optional(@Nullable Tensor tensor) {
    return tensor == null ? new TensorOptional() : new TensorOptional(tensor.raw());
  }

  // ---- text ------------------------------------------------------------------------------------

  /** Shape, type and the first elements. */
  @Override
  public String toString() {
    if (freed()) {
      return "Tensor" + text(lastShape) + " (freed)";
    }
    String head = "Tensor" + text(shape()) + " " + dtype().configName();
    int shown = 8;
    try (Scope inner = Scope.open()) {
      long count = Math.min(shown, numel());
      float[] first = detach().reshape(-1).narrow(0, 0, count).toFloats();
      return head + " " + Arrays.toString(first) + (numel() > shown ? "…" : "");
    }
  }

  static String text(long[] shape) {
    return Arrays.stream(shape)
        .mapToObj(Long::toString)
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
