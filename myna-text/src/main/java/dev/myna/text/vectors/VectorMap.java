package dev.myna.text.vectors;

import dev.myna.Progress;
import dev.myna.chart.Chart;
import dev.myna.chart.ChartPage;
import java.util.ArrayList;
import java.util.List;

/** Words in a plane, so that near words lie near each other, and an HTML page that shows them. */
public final class VectorMap {
  /** How many dimensions become two. */
  public enum Method {
    /** The two directions of greatest variance; distances across the map have a meaning. */
    PCA,
    /**
     * t-SNE (van der Maaten and Hinton, 2008); neighbourhoods have a meaning, distances have not.
     */
    TSNE
  }

  /** A word's place. */
  public record Place(String word, double x, double y) {}

  private VectorMap() {}

  /**
   * Places of words.
   *
   * @param words all with vectors, at most {@link TSne#MOST_POINTS} for t-SNE
   * @throws VectorsException if a word has no vector
   */
  public static List<Place> places(
      WordVectors vectors, List<String> words, Method method, long seed, Progress progress) {
    Require.atLeast("words on a map", words.size(), 2);
    var points = new ArrayList<float[]>();
    for (String word : words) {
      points.add(unit(vectors.vector(word)));
    }
    center(points, vectors.dimension());
    double[][] places =
        switch (method) {
          case PCA -> pca(points, vectors.dimension());
          case TSNE -> TSne.places(points, seed, progress);
        };
    var map = new ArrayList<Place>();
    for (int i = 0; i < places.length; i++) {
      map.add(new Place(words.get(i), places[i][0], places[i][1]));
    }
    return map;
  }

  /** A page with the map as a chart. */
  public static ChartPage page(String title, List<Place> places) {
    List<Chart.Point> points =
        places.stream().map(p -> new Chart.Point(p.x(), p.y(), p.word())).toList();
    return new ChartPage(title)
        .chart(
            new Chart.Scatter(
                "%,d words".formatted(places.size()),
                Chart.Axis.linear(""),
                Chart.Axis.linear(""),
                List.of(new Chart.Series("words", points))));
  }

  private static float[] unit(float[] vector) {
    double norm = 0;
    for (float value : vector) {
      norm += (double) value * value;
    }
    norm = Math.sqrt(norm);
    for (int j = 0; j < vector.length; j++) {
      vector[j] = norm > 0 ? (float) (vector[j] / norm) : 0;
    }
    return vector;
  }

  private static void center(List<float[]> points, int width) {
    for (int j = 0; j < width; j++) {
      double mean = 0;
      for (float[] point : points) {
        mean += point[j] / points.size();
      }
      for (float[] point : points) {
        point[j] -= (float) mean;
      }
    }
  }

  private static double[][] pca(List<float[]> points, int width) {
    float[][] directions = PrincipalComponents.directions(points, width, Math.min(2, width));
    var places = new double[points.size()][2];
    for (int i = 0; i < places.length; i++) {
      for (int k = 0; k < directions.length; k++) {
        for (int j = 0; j < width; j++) {
          places[i][k] += points.get(i)[j] * directions[k][j];
        }
      }
    }
    return places;
  }
}
