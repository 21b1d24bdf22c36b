package dev.myna.task;

import dev.myna.tensor.Device;
import dev.myna.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

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
