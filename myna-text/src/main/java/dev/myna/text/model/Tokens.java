package dev.myna.text.model;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A growing list of tokens: ids with their places. Places are chars from the start of a piece. */
public final class Tokens {
  private int[] ids = new int[64];
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int size;
  private final boolean withTexts;
  private @Nullable Map<Integer, String> texts;

  public Tokens() {
    this(true);
  }

  /**
   * @param withTexts whether texts that are not those of the ids are kept; false where only ids are
   *     wanted
   */
  public Tokens(boolean withTexts) {
    this.withTexts = withTexts;
  }

  public void add(int id, int start, int end) {
    if (size == ids.length) {
      grow(size + 1);
    }
    ids[size] = id;
    starts[size] = start;
    ends[size++] = end;
  }

  /** Adds a token whose text is not that of its id in the vocabulary. */
  public void add(int id, int start, int end, String text) {
    if (withTexts) {
      if (texts == null) {
        texts = new HashMap<>();
      }
      texts.put(size, text);
    }
    add(id, start, end);
  }

  private void grow(int wanted) {
    int capacity = Math.max(wanted, ids.length + (ids.length >> 1));
    ids = Arrays.copyOf(ids, capacity);
    starts = Arrays.copyOf(starts, capacity);
    ends = Arrays.copyOf(ends, capacity);
  }

  public int size() {
    return size;
  }

  public int id(int index) {
    return ids[index];
  }

  public int start(int index) {
    return starts[index];
  }

  public int end(int index) {
    return ends[index];
  }

  /** The text of a token where it is not that of its id, else null. */
  public @Nullable String text(int index) {
    return texts == null ? null : texts.get(index);
  }

  /** True where no token has a text of its own. */
  public boolean plain() {
    return texts == null;
  }

  /** Replaces the places of a token. */
  public void place(int index, int start, int end) {
    starts[index] = start;
    ends[index] = end;
  }

  /** Moves the places of the tokens from {@code first} on by {@code shift}. */
  public void shift(int first, int shift) {
    for (int i = first; i < size; i++) {
      starts[i] += shift;
      ends[i] += shift;
    }
  }

  /** Gives back memory that very many tokens took; only for an empty list. */
  public void trim() {
    truncate(0);
    if (ids.length > 1 << 20) {
      ids = new int[64];
      starts = new int[64];
      ends = new int[64];
    }
  }

  /** Forgets the tokens from {@code size} on. */
  public void truncate(int size) {
    this.size = size;
    if (size == 0) {
      texts = null;
    }
  }

  public int[] ids() {
    return Arrays.copyOf(ids, size);
  }

  public int[] starts() {
    return Arrays.copyOf(starts, size);
  }

  public int[] ends() {
    return Arrays.copyOf(ends, size);
  }
}
