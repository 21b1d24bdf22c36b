package dev.myna.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A model that never runs out of context: a text that outgrows it goes on with its last tokens.
 *
 * <p>What a cache holds cannot simply be shifted (learned positions are part of it, and the keys of
 * deeper layers have seen the forgotten tokens), so it is computed anew. Where a full row forgets
 * one token at a time, the model always sees the last {@link #context()} tokens, at the price of a
 * whole context for each new one. Where it forgets more at once, that price is paid once for so
 * many tokens, and the model sees between the context less that many and all of it. Where a row is
 * cut depends on that row alone.
 */
public final class Windowed implements NextToken {
  private final NextToken model;
  private int shift = 1;
  private List<Row> rows = List.of();

  public Windowed(NextToken model) {
    this.model = model;
    if (model.context() < 2) {
      throw new IllegalArgumentException(
          "a context of at least 2 tokens is needed to go on: it is " + model.context());
    }
  }

  /**
   * Chooses how many tokens a full row forgets at once, from the next prefill on.
   *
   * @param tokens at least 1; more than the context less one count as that
   */
  void shift(int tokens) {
    shift = Math.min(tokens, model.context() - 1);
  }

  @Override
  public float[][] prefill(int[][] prompts) {
    List<Row> fresh = new ArrayList<>();
    for (int[] prompt : prompts) {
      Row row = new Row(prompt);
      if (prompt.length > model.context()) {
        row.keep(model.context());
      }
      fresh.add(row);
    }
    rows = fresh;
    return model.prefill(windows());
  }

  @Override
  public float[][] step(int[] tokens) {
    if (tokens.length != rows.size()) {
      throw new IllegalArgumentException(
          "one token a row is wanted: there are %d rows and %d tokens"
              .formatted(rows.size(), tokens.length));
    }
    boolean moved = false;
    for (int i = 0; i < tokens.length; i++) {
      Row row = rows.get(i);
      if (row.length() == model.context()) {
        row.keep(model.context() - shift);
        moved = true;
      }
      row.append(tokens[i]);
    }
    return moved ? model.prefill(windows()) : model.step(tokens);
  }

  @Override
  public void reorder(int[] parents) {
    List<Row> reordered = new ArrayList<>();
    for (int parent : parents) {
      reordered.add(rows.get(parent).copy());
    }
    rows = reordered;
    model.reorder(parents);
  }

  @Override
  public int vocabulary() {
    return model.vocabulary();
  }

  /** No limit. */
  @Override
  public int context() {
    return Integer.MAX_VALUE;
  }

  @Override
  public void close() {
    model.close();
  }

  private int[][] windows() {
    return rows.stream().map(Row::window).toArray(int[][]::new);
  }

  /** The tokens that the model holds of one row. */
  private static final class Row {
    private int[] ids;
    private int length;

    Row(int[] ids) {
      this.ids = ids.clone();
      this.length = ids.length;
    }

    int length() {
      return length;
    }

    void append(int token) {
      if (length == ids.length) {
        ids = Arrays.copyOf(ids, 2 * length + 1);
      }
      ids[length++] = token;
    }

    void keep(int count) {
      System.arraycopy(ids, length - count, ids, 0, count);
      length = count;
    }

    Row copy() {
      return new Row(window());
    }

    int[] window() {
      return Arrays.copyOf(ids, length);
    }
  }
}
