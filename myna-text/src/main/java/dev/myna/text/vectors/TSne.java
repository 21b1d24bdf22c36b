package dev.myna.text.vectors;

import dev.myna.Progress;
import java.util.Arrays;
import java.util.List;

/**
 * Exact t-SNE in two dimensions: memory and time grow with the square of the number of points.
 * Perplexity 30, early exaggeration 12 for a quarter of the steps, momentum with gains, as the
 * original implementation has them.
 */
final class TSne {
  static final int MOST_POINTS = 3000;
  private static final int STEPS = 600;
  private static final int EXAGGERATED = 150;

  private final int size;
  private final float[] near; // (n, n): how near two points are in the original space
  private final double[] y; // (n, 2)
  private final double[] velocity;
  private final double[] gains;
  private final double[] gradient;

  private TSne(List<float[]> points, long seed) {
    size = points.size();
    near = affinities(points, Math.min(30, (size - 1) / 3.0));
    y = new double[2 * size];
    velocity = new double[2 * size];
    gains = new double[2 * size];
    gradient = new double[2 * size];
    var draws = new Draws(seed);
    for (int i = 0; i < y.length; i++) {
      y[i] = (draws.unit() - 0.5) * 1e-3;
      gains[i] = 1;
    }
  }

  static double[][] places(List<float[]> points, long seed, Progress progress) {
    if (points.size() > MOST_POINTS) {
      throw new IllegalArgumentException(
          "at most %,d words fit on a t-SNE map, found %,d; take fewer, or PCA"
              .formatted(MOST_POINTS, points.size()));
    }
    var sne = new TSne(points, seed);
    for (int step = 0; step < STEPS; step++) {
      sne.move(step);
      progress.at("drawing the map", step + 1, STEPS);
    }
    var places = new double[sne.size][2];
    for (int i = 0; i < sne.size; i++) {
      places[i][0] = sne.y[2 * i];
      places[i][1] = sne.y[2 * i + 1];
    }
    return places;
  }

  private static float[] affinities(List<float[]> points, double perplexity) {
    int n = points.size();
    var p = new float[n * n];
    var distances = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        distances[j] = squaredDistance(points.get(i), points.get(j));
      }
      fillRow(p, i, distances, Math.log(Math.max(perplexity, 1)));
    }
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        float mean = Math.max((p[i * n + j] + p[j * n + i]) / (2f * n), 1e-12f);
        p[i * n + j] = mean;
        p[j * n + i] = mean;
      }
    }
    return p;
  }

  /** Finds the width of the bell at which the row's entropy is the wanted one, by halving. */
  private static void fillRow(float[] p, int i, double[] distances, double entropy) {
    int n = distances.length;
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double beta = 1;
    for (int tries = 0; tries < 60; tries++) {
      double sum = 0;
      double weighted = 0;
      for (int j = 0; j < n; j++) {
        double share = j == i ? 0 : Math.exp(-distances[j] * beta);
        p[i * n + j] = (float) share;
        sum += share;
        weighted += share * distances[j];
      }
      sum = Math.max(sum, 1e-300);
      double found = Math.log(sum) + beta * weighted / sum;
      for (int j = 0; j < n; j++) {
        p[i * n + j] /= (float) sum;
      }
      if (Math.abs(found - entropy) < 1e-5) {
        return;
      }
      if (found > entropy) {
        low = beta;
        beta = high == Double.POSITIVE_INFINITY ? beta * 2 : (beta + high) / 2;
      } else {
        high = beta;
        beta = (beta + low) / 2;
      }
    }
  }

  private static double squaredDistance(float[] a, float[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      double difference = a[j] - b[j];
      sum += difference * difference;
    }
    return sum;
  }

  private void move(int step) {
    double exaggeration = step < EXAGGERATED ? 12 : 1;
    double momentum = step < EXAGGERATED ? 0.5 : 0.8;
    double rate = Math.max(size / 12.0 / 4, 50);
    fillGradient(exaggeration);
    for (int k = 0; k < y.length; k++) {
      boolean turned = Math.signum(gradient[k]) != Math.signum(velocity[k]);
      gains[k] = Math.max(turned ? gains[k] + 0.2 : gains[k] * 0.8, 0.01);
      velocity[k] = momentum * velocity[k] - rate * gains[k] * gradient[k];
      y[k] += velocity[k];
    }
  }

  private void fillGradient(double exaggeration) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      for (int j = i + 1; j < size; j++) {
        sum += 2 * kernel(i, j);
      }
    }
    Arrays.fill(gradient, 0);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        double q = kernel(i, j);
        double pull = 4 * (exaggeration * near[i * size + j] - q / sum) * q;
        gradient[2 * i] += pull * (y[2 * i] - y[2 * j]);
        gradient[2 * i + 1] += pull * (y[2 * i + 1] - y[2 * j + 1]);
      }
    }
  }

  private double kernel(int i, int j) {
    double dx = y[2 * i] - y[2 * j];
    double dy = y[2 * i + 1] - y[2 * j + 1];
    return 1 / (1 + dx * dx + dy * dy);
  }
}
