package dev.myna.text.features;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Neighbouring documents as counts of their terms, which one thread numbers for itself: what a
 * matrix is made of once it is known which terms stay.
 */
final class CountedRows {
  final TermTable table = new TermTable();
  private final int rows;
  private final int[] starts; // the entries of row i stand at starts[i] to starts[i + 1]
  private int[] ids = new int[1 << 10];
  private int[] counts = new int[1 << 10];
  private int[] documentFrequency = new int[1 << 10]; // by id
  private long[] frequency = new long[1 << 10];

  /** The terms of the document at hand, repeated ones repeatedly. */
  private int[] terms = new int[256];

  private int termCount;

  private CountedRows(AnalyzerSpec spec, List<String> documents) {
    rows = documents.size();
    starts = new int[rows + 1];
    Analyzer analyzer = spec.analyzer();
    int row = 0;
    for (String document : documents) {
      termCount = 0;
      analyzer.analyze(document, this::add);
      starts[row + 1] = count(starts[row]);
      row++;
    }
  }

  /** Counts in as many parts as there are cores. */
  static List<CountedRows> of(AnalyzerSpec spec, List<String> documents) {
    int size = documents.size();
    int parts = Math.clamp(size, 1, Runtime.getRuntime().availableProcessors());
    return IntStream.range(0, parts)
        .parallel()
        .mapToObj(
            part ->
                new CountedRows(
                    spec,
                    documents.subList(
                        (int) ((long) size * part / parts),
                        (int) ((long) size * (part + 1) / parts))))
        .toList();
  }

  private void add(char[] chars, int start, int end) {
    if (termCount == terms.length) {
      terms = Arrays.copyOf(terms, termCount * 2);
    }
    terms[termCount++] = table.add(chars, start, end);
  }

  /** Writes the counts of the terms at hand from {@code at} on; gives the end. */
  private int count(int at) {
    if (at > Integer.MAX_VALUE - 16 - termCount) {
      throw SparseMatrix.tooLarge();
    }
    if (at + termCount > ids.length) {
      int length =
          (int) Math.min(Integer.MAX_VALUE - 16, Math.max(ids.length * 2L, at + termCount));
      ids = Arrays.copyOf(ids, length);
      counts = Arrays.copyOf(counts, length);
    }
    if (table.size() > frequency.length) {
      int length = Math.max(table.size(), frequency.length * 2);
      documentFrequency = Arrays.copyOf(documentFrequency, length);
      frequency = Arrays.copyOf(frequency, length);
    }
    Arrays.sort(terms, 0, termCount);
    int end = at;
    for (int i = 0; i < termCount; ) {
      int id = terms[i];
      int from = i;
      while (i < termCount && terms[i] == id) {
        i++;
      }
      ids[end] = id;
      counts[end++] = i - from;
      documentFrequency[id]++;
      frequency[id] += i - from;
    }
    return end;
  }

  int rows() {
    return rows;
  }

  int documentFrequency(int id) {
    return documentFrequency[id];
  }

  long frequency(int id) {
    return frequency[id];
  }

  /**
   * The entries of a row whose terms have a column: the column in the high half, the count in the
   * low half, columns ascending.
   *
   * @param columnOf the column of each id of this part, or -1
   * @param entries scratch; a longer array is given where it is too short
   */
  long[] row(int row, int[] columnOf, long[] entries) {
    int most = starts[row + 1] - starts[row];
    long[] filled = entries.length > most ? entries : new long[most * 2 + 1];
    int size = 0;
    for (int k = starts[row]; k < starts[row + 1]; k++) {
      int column = columnOf[ids[k]];
      if (column >= 0) {
        filled[size++] = (long) column << 32 | counts[k];
      }
    }
    Arrays.sort(filled, 0, size);
    filled[size] = -1;
    return filled;
  }
}
