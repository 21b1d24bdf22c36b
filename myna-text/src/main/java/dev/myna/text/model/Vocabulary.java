package dev.myna.text.model;

import dev.myna.text.TokenizerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/** Tokens and their ids, one to one. Ids may have gaps. Immutable. */
public final class Vocabulary {
  private static final long MOST_GAPS = 64; // unused ids for each used one

  private final @Nullable String[] tokens;
  private final int size;
  private final int[] slots;
  private final int mask;

  private Vocabulary(@Nullable String[] tokens, boolean repeats) {
    this.tokens = tokens;
    int count = 0;
    for (String token : tokens) {
      if (token != null) {
        count++;
      }
    }
    this.size = count;
    this.slots = new int[Integer.highestOneBit(Math.max(4, count)) * 4];
    this.mask = slots.length - 1;
    for (int id = 0; id < tokens.length; id++) {
      String token = tokens[id];
      if (token != null) {
        put(token, id, repeats);
      }
    }
  }

  private void put(String token, int id, boolean repeats) {
    int slot = spread(token.hashCode()) & mask;
    while (slots[slot] != 0) {
      int other = slots[slot] - 1;
      if (token.equals(tokens[other])) {
        if (repeats) {
          slots[slot] = id + 1;
          return;
        }
        throw new TokenizerException(
            "every token of a vocabulary has one id, \"%s\" has %d and %d"
                .formatted(token, other, id));
      }
      slot = slot + 1 & mask;
    }
    slots[slot] = id + 1;
  }

  /** The tokens in the order of their ids, from 0. */
  public static Vocabulary of(List<String> tokens) {
    return new Vocabulary(tokens.toArray(new String[0]), false);
  }

  /**
   * The tokens in the order of their ids, of which some may be equal: text becomes the last one's
   * id. Some trainers repeat special tokens so.
   */
  public static Vocabulary ofRepeating(List<String> tokens) {
    return new Vocabulary(tokens.toArray(new String[0]), true);
  }

  /** Tokens with their ids; two tokens of one id are refused. */
  public static Vocabulary of(Map<String, Integer> ids) {
    int largest = -1;
    // Gaps cost memory: so many for each token, and a few in any case.
    long limit = (1L << 20) + MOST_GAPS * ids.size();
    for (Map.Entry<String, Integer> entry : ids.entrySet()) {
      int id = entry.getValue();
      if (id < 0 || id > limit) {
        throw new TokenizerException(
            "the ids of %d tokens lie between 0 and %d, \"%s\" has %d"
                .formatted(ids.size(), limit, entry.getKey(), id));
      }
      largest = Math.max(largest, id);
    }
    @Nullable String[] tokens = new @Nullable String[largest + 1];
    ids.forEach(
        (token, id) -> {
          String other = tokens[id];
          if (other != null) {
            throw new TokenizerException(
                "every id of a vocabulary has one token, %d has \"%s\" and \"%s\""
                    .formatted(id, other, token));
          }
          tokens[id] = token;
        });
    return new Vocabulary(tokens, false);
  }

  /** How many tokens there are. */
  public int size() {
    return size;
  }

  /** The largest id and one. */
  public int ids() {
    return tokens.length;
  }

  /** The token of an id, or null where the id is unused. */
  public @Nullable String token(int id) {
    return id >= 0 && id < tokens.length ? tokens[id] : null;
  }

  /** The id of a token, or -1. */
  public int id(String token) {
    int slot = spread(token.hashCode()) & mask;
    while (slots[slot] != 0) {
      int id = slots[slot] - 1;
      if (token.equals(tokens[id])) {
        return id;
      }
      slot = slot + 1 & mask;
    }
    return -1;
  }

  /** The id of the token that a part of a text spells, or -1. */
  public int id(char[] text, int from, int to) {
    return id("", text, from, to);
  }

  /** The id of the token that {@code prefix} and a part of a text spell, or -1. */
  public int id(String prefix, char[] text, int from, int to) {
    int hash = prefix.hashCode();
    for (int i = from; i < to; i++) {
      hash = 31 * hash + text[i];
    }
    int slot = spread(hash) & mask;
    while (slots[slot] != 0) {
      int id = slots[slot] - 1;
      if (spells(tokens[id], prefix, text, from, to)) {
        return id;
      }
      slot = slot + 1 & mask;
    }
    return -1;
  }

  private static boolean spells(
      @Nullable String token, String prefix, char[] text, int from, int to) {
    int before = prefix.length();
    if (token == null || token.length() != before + to - from || !token.startsWith(prefix)) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (token.charAt(before + i - from) != text[i]) {
        return false;
      }
    }
    return true;
  }

  /** The chars of the longest token. */
  int longest() {
    int longest = 0;
    for (String token : tokens) {
      if (token != null) {
        longest = Math.max(longest, token.length());
      }
    }
    return longest;
  }

  private static int spread(int hash) {
    int h = hash * 0x9E3779B9;
    return h ^ h >>> 15;
  }

  /** Every token with its id, by rising id. */
  public void forEach(ObjIntConsumer<String> action) {
    for (int id = 0; id < tokens.length; id++) {
      String token = tokens[id];
      if (token != null) {
        action.accept(token, id);
      }
    }
  }

  /** The tokens by rising id. */
  public List<String> tokens() {
    List<String> list = new ArrayList<>(size);
    forEach((token, id) -> list.add(token));
    return list;
  }
}
