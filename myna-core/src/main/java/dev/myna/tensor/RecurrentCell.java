package dev.myna.tensor;

import static dev.myna.tensor.VectorMath.FLOATS;
import static dev.myna.tensor.VectorMath.LANES;
import static dev.myna.tensor.VectorMath.constant;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * What the units of a recurrent layer make of their gates, and how gradients go back through that.
 * Arrays hold {@code n} units, a whole number of vectors; those of several gates one behind the
 * other. The loops are short, for the JVM's compiler leaves vectors of long ones in memory.
 */
final class RecurrentCell {
  private RecurrentCell() {}

  private static FloatVector at(float[] values, int i) {
    return FloatVector.fromArray(FLOATS, values, i);
  }

  /** {@code x += y}. */
  static void add(float[] x, float[] y, int n) {
    for (int i = 0; i < n; i += LANES) {
      at(x, i).add(at(y, i)).intoArray(x, i);
    }
  }

  /** {@code 1 / (1 + exp(−x))}. */
  static void sigmoid(float[] x, int from, int n) {
    for (int i = from; i < from + n; i += LANES) {
      constant(1).div(VectorMath.exp(at(x, i).neg()).add(1f)).intoArray(x, i);
    }
  }

  /** {@code 1 − 2 / (1 + exp(2x))}. */
  static void tanh(float[] x, int from, int n) {
    for (int i = from; i < from + n; i += LANES) {
      FloatVector in = at(x, i);
      FloatVector e = VectorMath.exp(in.add(in)).add(1f);
      constant(1).sub(constant(2).div(e)).intoArray(x, i);
    }
  }

  /** {@code max(x, 0)}. */
  static void relu(float[] x, int n) {
    for (int i = 0; i < n; i += LANES) {
      at(x, i).max(0f).intoArray(x, i);
    }
  }

  /** {@code s (1 − s)}, the slope of a sigmoid that is s. */
  private static FloatVector sigmoidSlope(FloatVector s) {
    return s.sub(s.mul(s));
  }

  /** {@code 1 − t²}, the slope of a tangent that is t. */
  private static FloatVector tanhSlope(FloatVector t) {
    return t.mul(t).neg().add(1f);
  }

  /** Gradients of a layer of one gate: {@code slope} through its states. */
  static void plainBack(boolean relu, float[] states, float[] slope, float[] gradient, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector state = at(states, i);
      FloatVector total = at(slope, i);
      FloatVector through =
          relu
              ? constant(0).blend(total, state.compare(VectorOperators.GT, 0f))
              : total.mul(tanhSlope(state));
      through.intoArray(gradient, i);
      constant(0).intoArray(slope, i);
    }
  }

  /**
   * An LSTM of the gates i, f, g and o.
   *
   * @param sums of the gates, become the gates
   * @param cell becomes {@code f c + i g}
   * @param state becomes {@code o tanh(c)}
   */
  static void lstm(float[] sums, float[] cell, float[] state, int n) {
    sigmoid(sums, 0, 2 * n);
    tanh(sums, 2 * n, n);
    sigmoid(sums, 3 * n, n);
    for (int i = 0; i < n; i += LANES) {
      FloatVector made = at(sums, i).mul(at(sums, 2 * n + i));
      FloatVector c = at(sums, n + i).fma(at(cell, i), made);
      c.intoArray(cell, i);
      c.intoArray(state, i);
    }
    tanh(state, 0, n);
    for (int i = 0; i < n; i += LANES) {
      at(state, i).mul(at(sums, 3 * n + i)).intoArray(state, i);
    }
  }

  /**
   * @param cell as it became; becomes its hyperbolic tangent
   * @param before the cell as it was
   * @param slope gradient of the state; becomes zero, for all of it goes by the gates
   * @param cellSlope gradient of the cell as it became, becomes that of the cell as it was
   * @param gradients become those of the sums of the gates
   */
  static void lstmBack(
      float[] gates,
      float[] cell,
      float[] before,
      float[] slope,
      float[] cellSlope,
      float[] gradients,
      int n) {
    tanh(cell, 0, n);
    for (int i = 0; i < n; i += LANES) {
      FloatVector out = at(gates, 3 * n + i);
      FloatVector seen = at(cell, i);
      FloatVector total = at(slope, i);
      total.mul(seen).mul(sigmoidSlope(out)).intoArray(gradients, 3 * n + i);
      total.mul(out).fma(tanhSlope(seen), at(cellSlope, i)).intoArray(cellSlope, i);
      constant(0).intoArray(slope, i);
    }
    for (int i = 0; i < n; i += LANES) {
      FloatVector in = at(gates, i);
      FloatVector forget = at(gates, n + i);
      FloatVector made = at(gates, 2 * n + i);
      FloatVector c = at(cellSlope, i);
      c.mul(made).mul(sigmoidSlope(in)).intoArray(gradients, i);
      c.mul(at(before, i)).mul(sigmoidSlope(forget)).intoArray(gradients, n + i);
      c.mul(in).mul(tanhSlope(made)).intoArray(gradients, 2 * n + i);
      c.mul(forget).intoArray(cellSlope, i);
    }
  }

  /**
   * A GRU of the gates r, z and n.
   *
   * @param inputs what the inputs give to the gates, become the gates
   * @param products what the states give to them
   * @param before the states as they were
   * @param state becomes {@code (1 − z) n + z h}
   */
  static void gru(float[] inputs, float[] products, float[] before, float[] state, int n) {
    add(inputs, products, 2 * n);
    sigmoid(inputs, 0, 2 * n);
    for (int i = 0; i < n; i += LANES) {
      FloatVector made = at(inputs, i).fma(at(products, 2 * n + i), at(inputs, 2 * n + i));
      made.intoArray(inputs, 2 * n + i);
    }
    tanh(inputs, 2 * n, n);
    for (int i = 0; i < n; i += LANES) {
      FloatVector made = at(inputs, 2 * n + i);
      at(inputs, n + i).fma(at(before, i).sub(made), made).intoArray(state, i);
    }
  }

  /**
   * @param product what the states gave to the third gate
   * @param before the states as they were
   * @param slope gradient of the state, becomes what of it goes by the gates
   * @param gradients become those of the gates by the inputs
   * @param back become those of the gates by the states
   */
  static void gruBack(
      float[] gates,
      float[] product,
      float[] before,
      float[] slope,
      float[] gradients,
      float[] back,
      int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector reset = at(gates, i);
      FloatVector keep = at(gates, n + i);
      FloatVector made = at(gates, 2 * n + i);
      FloatVector total = at(slope, i);
      FloatVector sum = total.sub(total.mul(keep)).mul(tanhSlope(made));
      FloatVector r = sum.mul(at(product, i)).mul(sigmoidSlope(reset));
      FloatVector z = total.mul(at(before, i).sub(made)).mul(sigmoidSlope(keep));
      r.intoArray(gradients, i);
      r.intoArray(back, i);
      z.intoArray(gradients, n + i);
      z.intoArray(back, n + i);
      sum.intoArray(gradients, 2 * n + i);
      sum.mul(reset).intoArray(back, 2 * n + i);
      total.mul(keep).intoArray(slope, i);
    }
  }
}
