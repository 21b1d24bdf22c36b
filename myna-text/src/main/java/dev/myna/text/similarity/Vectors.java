package dev.myna.text.similarity;

/**
 * Similarities and distances of dense vectors of equal width.
 *
 * <p>Every method throws an {@link IllegalArgumentException} when the widths differ.
 */
public final class Vectors {
  private Vectors() {}

  /** The cosine of the angle, in [-1, 1]; 0 when one vector is all zeros. */
  public static double cosine(double[] a, double[] b) {
    check(a.length, b.length);
    // Scaled by the largest value, so that neither squares nor products overflow or vanish.
    double scaleA = largest(a);
    double scaleB = largest(b);
    if (scaleA == 0 || scaleB == 0) {
      return 0;
    }
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      double x = a[i] / scaleA;
      double y = b[i] / scaleB;
      dot += x * y;
      aa += x * x;
      bb += y * y;
    }
    return Math.clamp(dot / (Math.sqrt(aa) * Math.sqrt(bb)), -1.0, 1.0);
  }

  /** One minus the cosine, in [0, 2]; 1 when one vector is all zeros. */
  public static double cosineDistance(double[] a, double[] b) {
    return 1 - cosine(a, b);
  }

  /** The root of the sum of the squared differences, from 0. */
  public static double euclidean(double[] a, double[] b) {
    check(a.length, b.length);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double d = a[i] - b[i];
      sum += d * d;
    }
    return Math.sqrt(sum);
  }

  /** The sum of the absolute differences, from 0. */
  public static double manhattan(double[] a, double[] b) {
    check(a.length, b.length);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs(a[i] - b[i]);
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

  private static void check(int a, int b) {
    if (a != b) {
      throw new IllegalArgumentException(
          "Vectors to compare are equally wide, but are %d and %d wide.".formatted(a, b));
    }
  }
}
