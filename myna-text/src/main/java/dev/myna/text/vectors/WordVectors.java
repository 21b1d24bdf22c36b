package dev.myna.text.vectors;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Words and their vectors: search by cosine similarity, and analogies. Safe for many threads. */
public final class WordVectors {
  private static final int BLOCK = 6 * 64;

  private final Vocabulary vocabulary;
  private final Rows rows;
  private final float[] inverseNorms; // 0 for a vector of zeros

  WordVectors(Vocabulary vocabulary, Rows rows) {
    this.vocabulary = vocabulary;
    this.rows = rows;
    inverseNorms = new float[vocabulary.size()];
    for (int id = 0; id < inverseNorms.length; id++) {
      double norm = Math.sqrt(dot(id, id));
      inverseNorms[id] = norm > 0 ? (float) (1 / norm) : 0;
    }
  }

  /**
   * Vectors made elsewhere.
   *
   * @param vectors one a word, all of the same width
   */
  public static WordVectors of(List<String> words, List<float[]> vectors) {
    if (words.size() != vectors.size() || words.isEmpty()) {
      throw new IllegalArgumentException(
          "as many vectors as words and at least one were wanted, found %d words and %d vectors"
              .formatted(words.size(), vectors.size()));
    }
    if (new HashSet<>(words).size() != words.size()) {
      throw new IllegalArgumentException("every word must stand once, and one stands twice");
    }
    var rows = new Rows(words.size(), vectors.getFirst().length);
    for (int id = 0; id < words.size(); id++) {
      float[] vector = vectors.get(id);
      if (vector.length != rows.width) {
        throw new IllegalArgumentException(
            "vectors of one width were wanted: \"%s\" has %d, \"%s\" has %d"
                .formatted(words.getFirst(), rows.width, words.get(id), vector.length));
      }
      System.arraycopy(vector, 0, rows.data, rows.at(id), vector.length);
    }
    return new WordVectors(Vocabulary.of(words), rows);
  }

  public int size() {
    return vocabulary.size();
  }

  /** Floats a word. */
  public int dimension() {
    return rows.width;
  }

  /** The words, the most frequent first where that is known. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  public boolean contains(String word) {
    return vocabulary.id(word) >= 0;
  }

  /** A copy of the word's vector, or null if it has none. */
  public float @Nullable [] find(String word) {
    int id = vocabulary.id(word);
    return id < 0 ? null : rows.row(id);
  }

  /**
   * A copy of the word's vector.
   *
   * @throws VectorsException if the word has none
   */
  public float[] vector(String word) {
    return rows.row(known(word));
  }

  float[] vector(int id) {
    return rows.row(id);
  }

  /** The same words with counts from elsewhere, which SIF weights need. */
  public WordVectors withCounts(Vocabulary counted) {
    var counts = new long[size()];
    for (int id = 0; id < counts.length; id++) {
      int other = counted.id(vocabulary.word(id));
      counts[id] = other < 0 ? 0 : counted.count(other);
    }
    return new WordVectors(new Vocabulary(vocabulary.table(), counts), rows);
  }

  /** Cosine similarity of two words, -1 to 1. */
  public double similarity(String a, String b) {
    return similarity(known(a), known(b));
  }

  double similarity(int a, int b) {
    double norms = Math.sqrt(dot(a, a)) * Math.sqrt(dot(b, b));
    return norms > 0 ? clamp(dot(a, b) / norms) : 0;
  }

  private double dot(int a, int b) {
    double sum = 0;
    for (int j = 0, x = rows.at(a), y = rows.at(b); j < rows.width; j++) {
      sum += (double) rows.data[x + j] * rows.data[y + j];
    }
    return sum;
  }

  /** The words nearest to a word, without the word itself. */
  public List<Neighbour> nearest(String word, int count) {
    return nearest(vector(word), count, Set.of(word));
  }

  /** The words nearest to a vector. */
  public List<Neighbour> nearest(float[] vector, int count, Set<String> except) {
    return best(cosines(vector, size()), count, except);
  }

  /** The words that are to {@code c} as {@code b} is to {@code a}; none of the three itself. */
  public List<Neighbour> analogy(String a, String b, String c, int count, Analogy method) {
    float[] scores = analogies(known(a), known(b), known(c), size(), method);
    return best(scores, count, new HashSet<>(List.of(a, b, c)));
  }

  /** Scores of the first {@code among} words as answers. */
  float[] analogies(int a, int b, int c, int among, Analogy method) {
    return switch (method) {
      case ADD -> {
        var sum = new float[rows.stride];
        Kernel.add(rows.data, rows.at(a), -inverseNorms[a], sum, 0, rows.stride);
        Kernel.add(rows.data, rows.at(b), inverseNorms[b], sum, 0, rows.stride);
        Kernel.add(rows.data, rows.at(c), inverseNorms[c], sum, 0, rows.stride);
        yield cosines(sum, among);
      }
      case MULTIPLY -> {
        float[] scores = cosines(vector(b), among);
        float[] toC = cosines(vector(c), among);
        float[] toA = cosines(vector(a), among);
        for (int id = 0; id < among; id++) {
          scores[id] = (1 + scores[id]) * (1 + toC[id]) / 2 / (1 + toA[id] + 0.002f);
        }
        yield scores;
      }
    };
  }

  /** Cosine similarities of a vector with the first {@code among} words. */
  float[] cosines(float[] vector, int among) {
    if (vector.length != rows.width && vector.length != rows.stride) {
      throw new IllegalArgumentException(
          "a vector of %d floats was wanted, found %d".formatted(rows.width, vector.length));
    }
    float[] query = Rows.padded(vector);
    double norm = Math.sqrt(Kernel.dot(query, 0, query, 0, query.length));
    float inverse = norm > 0 ? (float) (1 / norm) : 0;
    var cosines = new float[among];
    var starts = new int[BLOCK];
    var scores = new float[BLOCK];
    for (int from = 0; from < among; from += BLOCK) {
      int count = Math.min(BLOCK, among - from);
      for (int i = 0; i < count; i++) {
        starts[i] = rows.at(from + i);
      }
      Kernel.dots(query, 0, rows.data, starts, count, rows.stride, scores);
      for (int i = 0; i < count; i++) {
        cosines[from + i] = (float) clamp(scores[i] * inverse * inverseNorms[from + i]);
      }
    }
    return cosines;
  }

  private List<Neighbour> best(float[] scores, int count, Set<String> except) {
    Require.atLeast("count", count, 1);
    var skipped = new HashSet<Integer>();
    for (String word : except) {
      skipped.add(vocabulary.id(word));
    }
    var best = new BestScores(Math.min(count, size()));
    for (int id = 0; id < scores.length; id++) {
      if (best.wants(scores[id]) && !skipped.contains(id)) {
        best.add(id, scores[id]);
      }
    }
    var neighbours = new ArrayList<Neighbour>();
    for (int id : best.ids()) {
      neighbours.add(new Neighbour(vocabulary.word(id), scores[id]));
    }
    return Collections.unmodifiableList(neighbours);
  }

  private int known(String word) {
    int id = vocabulary.id(word);
    if (id < 0) {
      throw new VectorsException(
          "a word with a vector was wanted, and \"%s\" has none; mind upper and lower case, or take a fastText .bin, which knows every word"
              .formatted(word));
    }
    return id;
  }

  Rows rows() {
    return rows;
  }

  private static double clamp(double cosine) {
    return Math.clamp(cosine, -1.0, 1.0);
  }
}
