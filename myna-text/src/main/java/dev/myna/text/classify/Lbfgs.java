package dev.myna.text.classify;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Finds the minimum of a smooth function by the limited-memory method of Broyden, Fletcher,
 * Goldfarb and Shanno (Nocedal and Wright, Numerical Optimization, algorithms 7.4 and 3.5).
 */
final class Lbfgs {
  /** Pairs of steps and gradient changes remembered. */
  private static final int MEMORY = 10;

  private static final double SUFFICIENT = 1e-4;
  private static final double CURVATURE = 0.9;

  private Lbfgs() {}

  /** A function and its gradient. */
  @FunctionalInterface
  interface Objective {
    /** Writes the gradient at x into the array and gives the value. */
    double at(double[] x, double[] gradient);
  }

  private record Pair(double[] step, double[] change, double inverse) {}

  /** Moves x to the minimum: until no part of the gradient is above the tolerance. */
  static void minimize(Objective objective, double[] x, double tolerance, int iterations) {
    int n = x.length;
    double[] gradient = new double[n];
    double value = objective.at(x, gradient);
    Deque<Pair> memory = new ArrayDeque<>();
    double[] trial = new double[n];
    double[] trialGradient = new double[n];
    for (int iteration = 0; iteration < iterations && largest(gradient) > tolerance; iteration++) {
      double[] direction = direction(gradient, memory);
      double slope = dot(direction, gradient);
      if (slope >= 0) {
        memory.clear();
        direction = direction(gradient, memory);
        slope = dot(direction, gradient);
      }
      double low = 0;
      double high = Double.POSITIVE_INFINITY;
      double t = memory.isEmpty() ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
      double trialValue = value;
      boolean found = false;
      for (int search = 0; search < 40 && !found; search++) {
        for (int i = 0; i < n; i++) {
          trial[i] = x[i] + t * direction[i];
        }
        trialValue = objective.at(trial, trialGradient);
        if (!(trialValue <= value + SUFFICIENT * t * slope)) {
          high = t;
        } else if (dot(direction, trialGradient) < CURVATURE * slope) {
          low = t;
        } else {
          found = true;
        }
        if (!found) {
          t = high == Double.POSITIVE_INFINITY ? 2 * t : (low + high) / 2;
        }
      }
      if (!found && !(trialValue < value)) {
        return; // No lower value can be told apart in double precision.
      }
      remember(memory, x, trial, gradient, trialGradient);
      System.arraycopy(trial, 0, x, 0, n);
      System.arraycopy(trialGradient, 0, gradient, 0, n);
      value = trialValue;
    }
  }

  private static void remember(
      Deque<Pair> memory, double[] x, double[] trial, double[] gradient, double[] trialGradient) {
    double[] step = difference(trial, x);
    double[] change = difference(trialGradient, gradient);
    double product = dot(step, change);
    if (product > 1e-300) {
      if (memory.size() == MEMORY) {
        memory.removeFirst();
      }
      memory.addLast(new Pair(step, change, 1 / product));
    }
  }

  /** Minus the gradient times the estimate of the inverse Hessian. */
  private static double[] direction(double[] gradient, Deque<Pair> memory) {
    double[] q = gradient.clone();
    double[] alphas = new double[memory.size()];
    int at = memory.size();
    for (var pairs = memory.descendingIterator(); pairs.hasNext(); ) {
      Pair pair = pairs.next();
      double alpha = pair.inverse() * dot(pair.step(), q);
      alphas[--at] = alpha;
      add(q, -alpha, pair.change());
    }
    if (!memory.isEmpty()) {
      Pair last = memory.getLast();
      double scale = 1 / (last.inverse() * dot(last.change(), last.change()));
      for (int i = 0; i < q.length; i++) {
        q[i] *= scale;
      }
    }
    for (Pair pair : memory) {
      double beta = pair.inverse() * dot(pair.change(), q);
      add(q, alphas[at++] - beta, pair.step());
    }
    for (int i = 0; i < q.length; i++) {
      q[i] = -q[i];
    }
    return q;
  }

  private static void add(double[] to, double factor, double[] x) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * x[i];
    }
  }

  private static double[] difference(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double largest(double[] a) {
    double largest = 0;
    for (double x : a) {
      largest = Math.max(largest, Math.abs(x));
    }
    return largest;
  }
}
