package dev.myna.task;

import dev.myna.tensor.Device;
import dev.myna.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Texts of several lengths side by side.
 *
 * @param rows ids, none empty
 */
public record Padded(List<int[]> rows) {
  public Padded {
    rows = List.copyOf(rows);
    if (rows.isEmpty() || rows.stream().anyMatch(row -> row.length == 0)) {
      throw new IllegalArgumentException("texts must have at least one token each, and be some");
    }
  }

  /**
   * Numbers of texts in batches of about one length, so that little is padded: the shortest first.
   *
   * @param lengths of the texts
   * @param rows most texts of a batch
   */
  public static List<int[]> alike(int[] lengths, int rows) {
    int[] sorted =
        IntStream.range(0, lengths.length)
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> lengths[i]))
            .mapToInt(i -> i)
            .toArray();
    List<int[]> batches = new ArrayList<>();
    for (int from = 0; from < sorted.length; from += rows) {
      batches.add(Arrays.copyOfRange(sorted, from, Math.min(from + rows, sorted.length)));
    }
    return batches;
  }

  /** T, of the longest. */
  public int longest() {
    return rows.stream().mapToInt(ids -> ids.length).max().orElse(0);
  }

  /** Of all texts, padding not counted. */
  public int tokens() {
    return rows.stream().mapToInt(ids -> ids.length).sum();
  }

  /** Of each. */
  public int[] lengths() {
    return rows.stream().mapToInt(ids -> ids.length).toArray();
  }

  /** (B, T), with something behind the ends. */
  public Tensor ids(int filling, Device device) {
    return Tensor.of(filled(filling), rows.size(), longest()).to(device);
  }

  /** B·T ids, with something behind the ends. */
  int[] filled(int filling) {
    int length = longest();
    int[] all = new int[rows.size() * length];
    Arrays.fill(all, filling);
    for (int row = 0; row < rows.size(); row++) {
      System.arraycopy(rows.get(row), 0, all, row * length, rows.get(row).length);
    }
    return all;
  }

  /** (B, T) boolean: where there is text. */
  public Tensor there(Device device) {
    return there(lengths(), longest(), device);
  }

  /** (B, T) boolean: the places before the ends. */
  public static Tensor there(int[] lengths, int longest, Device device) {
    boolean[] there = new boolean[lengths.length * longest];
    for (int row = 0; row < lengths.length; row++) {
      Arrays.fill(there, row * longest, row * longest + lengths[row], true);
    }
    return Tensor.of(there, lengths.length, longest).to(device);
  }
}
