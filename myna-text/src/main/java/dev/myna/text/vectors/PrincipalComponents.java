package dev.myna.text.vectors;

import java.util.List;

/**
 * The directions in which points lie farthest out, by power iteration on their matrix of second
 * moments, one after the other.
 */
final class PrincipalComponents {
  private static final int STEPS = 300;

  private PrincipalComponents() {}

  /**
   * Directions of unit length, the strongest first; zeros where the points have no more.
   *
   * @param points taken as they are: subtract their mean for principal components proper
   */
  static float[][] directions(List<float[]> points, int width, int count) {
    double[][] moments = moments(points, width);
    var directions = new float[count][width];
    for (int k = 0; k < count; k++) {
      double[] direction = strongest(moments, k);
      double strength = strength(moments, direction);
      for (int i = 0; i < width; i++) {
        directions[k][i] = (float) direction[i];
        for (int j = 0; j < width; j++) {
          moments[i][j] -= strength * direction[i] * direction[j];
        }
      }
    }
    return directions;
  }

  private static double[][] moments(List<float[]> points, int width) {
    var moments = new double[width][width];
    for (float[] point : points) {
      for (int i = 0; i < width; i++) {
        for (int j = 0; j < width; j++) {
          moments[i][j] += (double) point[i] * point[j];
        }
      }
    }
    return moments;
  }

  private static double[] strongest(double[][] moments, int seed) {
    var draws = new Draws(seed);
    var direction = new double[moments.length];
    for (int i = 0; i < direction.length; i++) {
      direction[i] = draws.unit() - 0.5;
    }
    for (int step = 0; step < STEPS; step++) {
      double[] next = times(moments, direction);
      double norm = 0;
      for (double value : next) {
        norm += value * value;
      }
      norm = Math.sqrt(norm);
      for (int i = 0; i < next.length; i++) {
        direction[i] = norm > 0 ? next[i] / norm : 0;
      }
    }
    return direction;
  }

  private static double strength(double[][] moments, double[] direction) {
    double[] next = times(moments, direction);
    double strength = 0;
    for (int i = 0; i < next.length; i++) {
      strength += next[i] * direction[i];
    }
    return strength;
  }

  private static double[] times(double[][] matrix, double[] vector) {
    var product = new double[vector.length];
    for (int i = 0; i < product.length; i++) {
      for (int j = 0; j < product.length; j++) {
        product[i] += matrix[i][j] * vector[j];
      }
    }
    return product;
  }
}
