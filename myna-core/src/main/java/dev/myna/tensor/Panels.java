package dev.myna.tensor;

import static dev.myna.tensor.VectorMath.FLOATS;
import static dev.myna.tensor.VectorMath.LANES;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.List;
import jdk.incubator.vector.FloatVector;

/**
 * A float32 matrix put side by side for products with few rows, again and again: {@link #WIDE}
 * outputs to a panel, in which what one element of a row is multiplied with lies in one piece.
 */
final class Panels {
  /** Outputs of a panel. */
  static final int WIDE = 2 * LANES;

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private final Tensor owner; // of the memory
  private final MemorySegment packed;
  private final int in;

  private Panels(Tensor packed, int in) {
    owner = packed;
    this.packed = owner.memory();
    this.in = in;
  }

  /** How many panels so many outputs take. */
  static int count(int outputs) {
    return (outputs + WIDE - 1) / WIDE;
  }

  /**
   * The outputs of some gates, the panels of different gates in turns: that of gate {@code g} for
   * units from {@code p · WIDE} on is number {@code p · gates + g}. Lives as long as the scope that
   * is open.
   *
   * @param weight (G·H, in)
   */
  static Panels of(Tensor weight, int gates) {
    long in = weight.size(1);
    Tensor whole = whole(weight.view(gates, -1, in), 1); // (G, padded, in)
    return new Panels(
        whole.view(gates, -1, WIDE, in).permute(1, 0, 3, 2).makeContiguous(), (int) in);
  }

  /**
   * The transpose, for the way back: from gates, each of which has whole panels, to units.
   *
   * @param weight (G·H, H)
   */
  static Panels across(Tensor weight, int gates) {
    long width = weight.size(1);
    Tensor whole = whole(whole(weight.view(gates, width, width), 1), 2); // (G, padded, padded)
    int in = gates * (int) whole.size(1);
    return new Panels(whole.view(in, -1, WIDE).permute(1, 0, 2).makeContiguous(), in);
  }

  /** Zeros behind the end of a dimension, up to whole panels. */
  private static Tensor whole(Tensor x, int dim) {
    long[] missing = x.shape();
    missing[dim] = (long) count((int) x.size(dim)) * WIDE - x.size(dim);
    return missing[dim] == 0
        ? x
        : Tensor.cat(List.of(x, Tensor.zeros(x.dtype(), x.device(), missing)), dim);
  }

  /**
   * Adds the products of some rows with a panel to what is there.
   *
   * @param x rows of {@code stride} elements, of which the first {@code in} count
   * @param y what is added to, a row every {@code step} elements from {@code at} on
   */
  void multiply(int panel, int rows, float[] x, int stride, float[] y, int at, int step) {
    long from = 4L * panel * in * WIDE;
    int row = 0;
    for (; row + 4 <= rows; row += 4) {
      four(from, x, row * stride, stride, y, at + row * step, step);
    }
    for (; row < rows; row++) {
      one(from, x, row * stride, y, at + row * step);
    }
  }

  private void four(long from, float[] x, int row, int stride, float[] y, int at, int step) {
    FloatVector a0 = FloatVector.fromArray(FLOATS, y, at);
    FloatVector a1 = FloatVector.fromArray(FLOATS, y, at + LANES);
    FloatVector b0 = FloatVector.fromArray(FLOATS, y, at + step);
    FloatVector b1 = FloatVector.fromArray(FLOATS, y, at + step + LANES);
    FloatVector c0 = FloatVector.fromArray(FLOATS, y, at + 2 * step);
    FloatVector c1 = FloatVector.fromArray(FLOATS, y, at + 2 * step + LANES);
    FloatVector d0 = FloatVector.fromArray(FLOATS, y, at + 3 * step);
    FloatVector d1 = FloatVector.fromArray(FLOATS, y, at + 3 * step + LANES);
    for (int i = 0; i < in; i++) {
      FloatVector w0 = weights(from, i, 0);
      FloatVector w1 = weights(from, i, LANES);
      FloatVector a = FloatVector.broadcast(FLOATS, x[row + i]);
      FloatVector b = FloatVector.broadcast(FLOATS, x[row + stride + i]);
      FloatVector c = FloatVector.broadcast(FLOATS, x[row + 2 * stride + i]);
      FloatVector d = FloatVector.broadcast(FLOATS, x[row + 3 * stride + i]);
      a0 = w0.fma(a, a0);
      a1 = w1.fma(a, a1);
      b0 = w0.fma(b, b0);
      b1 = w1.fma(b, b1);
      c0 = w0.fma(c, c0);
      c1 = w1.fma(c, c1);
      d0 = w0.fma(d, d0);
      d1 = w1.fma(d, d1);
    }
    a0.intoArray(y, at);
    a1.intoArray(y, at + LANES);
    b0.intoArray(y, at + step);
    b1.intoArray(y, at + step + LANES);
    c0.intoArray(y, at + 2 * step);
    c1.intoArray(y, at + 2 * step + LANES);
    d0.intoArray(y, at + 3 * step);
    d1.intoArray(y, at + 3 * step + LANES);
  }

  private void one(long from, float[] x, int row, float[] y, int at) {
    FloatVector a0 = FloatVector.fromArray(FLOATS, y, at);
    FloatVector a1 = FloatVector.fromArray(FLOATS, y, at + LANES);
    for (int i = 0; i < in; i++) {
      FloatVector a = FloatVector.broadcast(FLOATS, x[row + i]);
      a0 = weights(from, i, 0).fma(a, a0);
      a1 = weights(from, i, LANES).fma(a, a1);
    }
    a0.intoArray(y, at);
    a1.intoArray(y, at + LANES);
  }

  private FloatVector weights(long from, int i, int lane) {
    return FloatVector.fromMemorySegment(
        FLOATS, packed, from + 4L * ((long) i * WIDE + lane), ORDER);
  }
}
