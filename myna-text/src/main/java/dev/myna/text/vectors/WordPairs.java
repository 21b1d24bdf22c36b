package dev.myna.text.vectors;

import dev.myna.text.features.Documents;
import dev.myna.text.metrics.Correlation;
import dev.myna.text.metrics.Decimals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Pairs of words whose similarity people have judged, such as WordSim-353, SimLex-999 and MEN: how
 * well do vectors rank them?
 */
public record WordPairs(String name, List<Pair> pairs) {
  /**
   * @param score as judged; the scale does not matter
   */
  public record Pair(String first, String second, double score) {}

  /**
   * @param pairs that have vectors
   * @param missing pairs of which a word has none; they are left out
   * @param spearman rank correlation of cosine similarities with the scores; NaN for fewer than two
   *     pairs
   * @param pearson linear correlation; NaN likewise
   */
  public record Result(String name, int pairs, int missing, double spearman, double pearson) {}

  public WordPairs {
    pairs = List.copyOf(pairs);
  }

  /**
   * Reads lines of two words and a score, parted by tabs, commas, semicolons or spaces. A first
   * line without a number is a header; empty lines and lines that begin with # are passed over.
   *
   * @throws VectorsException naming the line that is none of these
   * @throws dev.myna.text.features.FeatureException naming the line that is too long or not UTF-8
   */
  public static WordPairs read(Path file) {
    var pairs = new ArrayList<Pair>();
    boolean first = true;
    int number = 0;
    for (String each : Documents.lines(file)) {
      number++;
      String line = each.strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] fields = line.split("[\t,; ]+");
      double score = fields.length < 3 ? Double.NaN : score(fields[2]);
      if (!Double.isNaN(score)) {
        pairs.add(new Pair(fields[0], fields[1], score));
      } else if (!first) {
        throw new VectorsException(
            "two words and a score were wanted in line %,d of %s, found \"%s\""
                .formatted(number, file, line.substring(0, Math.min(line.length(), 60))));
      }
      first = false;
    }
    if (pairs.isEmpty()) {
      throw new VectorsException(
          "pairs of words with scores were wanted, and %s has none".formatted(file));
    }
    String name = file.getFileName().toString();
    return new WordPairs(name.replaceFirst("\\.[^.]*$", ""), pairs);
  }

  private static double score(String field) {
    try {
      return Decimals.parse(field);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /**
   * Compares cosine similarities with the scores. Words are found whatever their case; of words
   * that differ in case alone the first, most frequent one counts.
   */
  public Result evaluate(WordVectors vectors) {
    var folded = new FoldedWords(vectors.vocabulary(), vectors.size());
    var wanted = new ArrayList<Double>();
    var found = new ArrayList<Double>();
    for (Pair pair : pairs) {
      int a = folded.id(pair.first());
      int b = folded.id(pair.second());
      if (a >= 0 && b >= 0) {
        wanted.add(pair.score());
        found.add(vectors.similarity(a, b));
      }
    }
    int missing = pairs.size() - wanted.size();
    double[] x = wanted.stream().mapToDouble(Double::doubleValue).toArray();
    double[] y = found.stream().mapToDouble(Double::doubleValue).toArray();
    boolean enough = x.length > 1;
    return new Result(
        name,
        x.length,
        missing,
        enough ? Correlation.spearman(x, y) : Double.NaN,
        enough ? Correlation.pearson(x, y) : Double.NaN);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s (%d pairs)", name, pairs.size());
  }
}
