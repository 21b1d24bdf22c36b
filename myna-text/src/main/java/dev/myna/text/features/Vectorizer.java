package dev.myna.text.features;

import dev.myna.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Turns documents into rows of a {@link SparseMatrix}, fitted on documents and then unchangeable.
 *
 * <p>Fitting reads a stream once and holds the distinct terms only. Follows scikit-learn's {@code
 * CountVectorizer}, {@code TfidfVectorizer} and {@code HashingVectorizer}.
 */
public final class Vectorizer {
  /** Documents that one thread transforms at a time. */
  private static final int CHUNK = 256;

  private final FeatureSpec spec;
  private final @Nullable Vocabulary vocabulary;

  /** Weights of the columns; empty without idf. */
  private final double[] idf;

  /** What a thread counted its last row with: as wide as the rows, so that it is kept. */
  private final ThreadLocal<@Nullable RowCounter> spare = new ThreadLocal<>();

  private Vectorizer(FeatureSpec spec, @Nullable Vocabulary vocabulary, double[] idf) {
    this.spec = spec;
    this.vocabulary = vocabulary;
    this.idf = idf;
  }

  /** A vectorizer and the matrix of the documents that it was fitted on. */
  public record Fitted(Vectorizer vectorizer, SparseMatrix matrix) {}

  /** Fits on a stream of documents, which is read once. */
  public static Vectorizer fit(FeatureSpec spec, Iterable<String> documents) {
    return fit(spec, documents, Progress.NONE);
  }

  /** Fits on a stream of documents, which is read once, and reports the documents read. */
  public static Vectorizer fit(FeatureSpec spec, Iterable<String> documents, Progress progress) {
    if (spec.hashed() > 0) {
      return hashing(spec, spec.idf() ? documents : List.of());
    }
    TermCounts counts = TermCounts.of(documents, spec.analyzer(), progress);
    return of(spec, counts, kept(spec, counts));
  }

  /** Fits the weights of a given vocabulary's terms on a stream of documents. */
  public static Vectorizer fit(
      FeatureSpec spec, Vocabulary vocabulary, Iterable<String> documents) {
    FeatureSpec fixed = spec.withHashed(0, spec.alternateSign());
    if (!spec.idf()) {
      return new Vectorizer(fixed, vocabulary, new double[0]);
    }
    FeatureSpec plain = fixed.withIdf(false, true).withSublinear(false).withNorm(Norm.NONE);
    return new Vectorizer(
        fixed,
        vocabulary,
        new Vectorizer(plain, vocabulary, new double[0]).weigh(fixed, documents));
  }

  private static Vectorizer of(FeatureSpec spec, TermCounts counts, int[] kept) {
    int[] frequencies = Arrays.stream(kept).map(counts::documentFrequency).toArray();
    return new Vectorizer(
        spec,
        new Vocabulary(counts.table.select(kept, kept.length)),
        spec.idf() ? weights(spec, frequencies, counts.documents()) : new double[0]);
  }

  private static int[] kept(FeatureSpec spec, TermCounts counts) {
    return counts.select(
        spec.minDocuments(), spec.maxDocuments(), spec.maxFeatures(), spec.binary());
  }

  private static Vectorizer hashing(FeatureSpec spec, Iterable<String> documents) {
    if (!spec.idf()) {
      return new Vectorizer(spec, null, new double[0]);
    }
    FeatureSpec plain = spec.withIdf(false, true).withSublinear(false).withNorm(Norm.NONE);
    Vectorizer counts = new Vectorizer(plain, null, new double[0]);
    return new Vectorizer(spec, null, counts.weigh(spec, documents));
  }

  /** Weights of this vectorizer's columns by how many of the documents have them. */
  private double[] weigh(FeatureSpec wanted, Iterable<String> documents) {
    int[] frequencies = new int[columns()];
    int[] seen = {0};
    transform(
        documents,
        (columns, values, size) -> {
          seen[0]++;
          for (int i = 0; i < size; i++) {
            frequencies[columns[i]]++;
          }
        });
    if (seen[0] == 0) {
      throw new FeatureException(
          "Features are fitted on at least one document, but there is none.");
    }
    return weights(wanted, frequencies, seen[0]);
  }

  /** A column that no document has weighs as one that a single document has. */
  private static double[] weights(FeatureSpec spec, int[] frequencies, int documents) {
    int smooth = spec.smoothIdf() ? 1 : 0;
    return Arrays.stream(frequencies)
        .mapToDouble(df -> Math.log((double) (documents + smooth) / Math.max(1, df + smooth)) + 1)
        .toArray();
  }

  /**
   * A vectorizer of known parts, as a file holds them.
   *
   * @param vocabulary the terms; null when the features are hashed
   * @param idf a weight per column; empty without idf
   */
  public static Vectorizer of(FeatureSpec spec, @Nullable Vocabulary vocabulary, double[] idf) {
    int columns = spec.hashed() > 0 ? spec.hashed() : vocabulary == null ? -1 : vocabulary.size();
    if (columns < 0 || spec.hashed() > 0 == (vocabulary != null)) {
      throw new IllegalArgumentException("A vectorizer has either a vocabulary or hashed columns.");
    }
    if (idf.length != (spec.idf() ? columns : 0)) {
      throw new IllegalArgumentException(
          "A vectorizer of %d columns has as many weights if it has idf, but %d were given."
              .formatted(columns, idf.length));
    }
    return new Vectorizer(spec, vocabulary, idf.clone());
  }

  /** Fits on documents and gives their matrix, reading them once. */
  public static Fitted fitTransform(FeatureSpec spec, List<String> documents) {
    if (spec.hashed() > 0) {
      Vectorizer vectorizer = fit(spec, documents);
      return new Fitted(vectorizer, vectorizer.transform(documents));
    }
    List<CountedRows> parts = CountedRows.of(spec.analyzer(), documents);
    List<int[]> ids = new ArrayList<>();
    TermCounts counts = TermCounts.of(parts, ids);
    int[] kept = kept(spec, counts);
    int[] columnOf = new int[counts.table.size()];
    Arrays.fill(columnOf, -1);
    for (int column = 0; column < kept.length; column++) {
      columnOf[kept[column]] = column;
    }
    Vectorizer vectorizer = of(spec, counts, kept);
    List<SparseMatrix> rows =
        IntStream.range(0, parts.size())
            .parallel()
            .mapToObj(
                i ->
                    vectorizer.weighted(
                        parts.get(i), Arrays.stream(ids.get(i)).map(id -> columnOf[id]).toArray()))
            .toList();
    return new Fitted(vectorizer, vectorizer.joined(rows));
  }

  /** The rows of counted documents, given the column of each of their terms. */
  private SparseMatrix weighted(CountedRows counted, int[] columnOf) {
    SparseMatrix.Builder matrix = new SparseMatrix.Builder(columns());
    long[] entries = new long[256];
    double[] values = new double[256];
    for (int row = 0; row < counted.rows(); row++) {
      entries = counted.row(row, columnOf, entries);
      values = values.length < entries.length ? new double[entries.length] : values;
      int size = 0;
      for (; entries[size] >= 0; size++) {
        values[size] = weighted((int) entries[size], (int) (entries[size] >>> 32));
      }
      spec.norm().scale(values, 0, size);
      for (int k = 0; k < size; k++) {
        matrix.add((int) (entries[k] >>> 32), values[k]);
      }
      matrix.endRow();
    }
    return matrix.build();
  }

  /** How documents become rows. */
  public FeatureSpec spec() {
    return spec;
  }

  /**
   * The terms of the columns.
   *
   * @throws IllegalStateException when the columns are hashed and have none
   */
  public Vocabulary vocabulary() {
    if (vocabulary == null) {
      throw new IllegalStateException(
          "Hashed features have no vocabulary; ask for spec().hashed() first.");
    }
    return vocabulary;
  }

  /** Weights of the columns; empty without idf. */
  public double[] idf() {
    return idf.clone();
  }

  /** Columns of the rows. */
  public int columns() {
    return vocabulary == null ? spec.hashed() : vocabulary.size();
  }

  /** What a column stands for: its term, or its number when the features are hashed. */
  public String name(int column) {
    return vocabulary == null ? "#" + column : vocabulary.term(column);
  }

  /** Takes the rows of a stream of documents. */
  @FunctionalInterface
  public interface RowSink {
    /** A row: the first {@code size} columns, ascending, and their values, valid for the call. */
    void row(int[] columns, double[] values, int size);
  }

  /** Hands the row of every document to the sink; nothing is kept. */
  public void transform(Iterable<String> documents, RowSink sink) {
    Analyzer analyzer = spec.analyzer().analyzer();
    RowCounter kept = spare.get();
    spare.remove(); // the sink may transform as well
    RowCounter row = kept == null ? new RowCounter(columns()) : kept;
    TermSink counter = counter(row);
    double[] values = new double[256];
    for (String document : documents) {
      row.size = 0;
      analyzer.analyze(document, counter);
      values = finish(row, values);
      sink.row(row.columns, values, row.size);
    }
    spare.set(row);
  }

  /** The matrix of the documents, a row each. Uses the common pool's threads. */
  public SparseMatrix transform(List<String> documents) {
    int chunks = (documents.size() + CHUNK - 1) / CHUNK;
    List<SparseMatrix> parts =
        IntStream.range(0, chunks)
            .parallel()
            .mapToObj(
                i ->
                    part(documents.subList(i * CHUNK, Math.min(documents.size(), (i + 1) * CHUNK))))
            .toList();
    return joined(parts);
  }

  private SparseMatrix part(List<String> documents) {
    SparseMatrix.Builder builder = new SparseMatrix.Builder(columns());
    transform(
        documents,
        (columns, values, size) -> {
          for (int i = 0; i < size; i++) {
            builder.add(columns[i], values[i]);
          }
          builder.endRow();
        });
    return builder.build();
  }

  private SparseMatrix joined(List<SparseMatrix> parts) {
    int rows = parts.stream().mapToInt(SparseMatrix::rows).sum();
    int entries = Math.toIntExact(parts.stream().mapToLong(SparseMatrix::entries).sum());
    int[] starts = new int[rows + 1];
    int[] indices = new int[entries];
    double[] values = new double[entries];
    int row = 0;
    int at = 0;
    for (SparseMatrix part : parts) {
      for (int i = 0; i < part.rows(); i++) {
        starts[++row] = at + part.starts()[i + 1];
      }
      System.arraycopy(part.indices(), 0, indices, at, part.entries());
      System.arraycopy(part.values(), 0, values, at, part.entries());
      at += part.entries();
    }
    return new SparseMatrix(rows, columns(), starts, indices, values);
  }

  private TermSink counter(RowCounter row) {
    Vocabulary terms = vocabulary;
    if (terms != null) {
      return (chars, start, end) -> {
        int id = terms.find(chars, start, end);
        if (id >= 0) {
          row.add(id, 1);
        }
      };
    }
    int columns = spec.hashed();
    Utf8 utf8 = new Utf8();
    return (chars, start, end) -> {
      int length = utf8.encode(chars, start, end);
      int hash = FeatureHash.murmur3(utf8.bytes, length, 0);
      row.add(FeatureHash.column(hash, columns), spec.alternateSign() && hash < 0 ? -1 : 1);
    };
  }

  /** Sorts the row, weighs it and scales it; gives the values, in the array given if it fits. */
  private double[] finish(RowCounter row, double[] scratch) {
    row.sort();
    double[] values = scratch.length < row.size ? new double[row.columns.length] : scratch;
    for (int i = 0; i < row.size; i++) {
      int column = row.columns[i];
      values[i] = weighted(row.take(column), column);
    }
    spec.norm().scale(values, 0, row.size);
    return values;
  }

  private double weighted(double count, int column) {
    double weight = spec.binary() ? 1 : count;
    if (spec.sublinear()) {
      weight = Math.log(weight) + 1;
    }
    return spec.idf() ? weight * idf[column] : weight;
  }
}
