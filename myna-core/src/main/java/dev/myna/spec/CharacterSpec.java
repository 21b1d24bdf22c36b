package dev.myna.spec;

import java.util.List;

/**
 * How words are read by their characters.
 *
 * @param longest L, characters of a word that are read, with a mark before and one behind
 * @param width E, size of a character's embedding
 * @param filters how many there are of width 1, 2, …
 * @param highways layers between filters and projection
 */
public record CharacterSpec(int longest, int width, List<Integer> filters, int highways) {
  /** Bytes of UTF-8, the marks of a word's ends, and what fills up. */
  public static final int IDS = 259;

  public CharacterSpec {
    Require.positive("width of characters", width);
    filters = List.copyOf(filters);
    if (filters.isEmpty() || filters.stream().anyMatch(count -> count < 1)) {
      throw new IllegalArgumentException(
          "filters of each width from 1 on are wanted, found " + filters);
    }
    if (longest < Math.max(3, filters.size())) {
      throw new IllegalArgumentException(
          "words must have room for their marks, a character and the widest filter: found %d characters for filters up to %d"
              .formatted(longest, filters.size()));
    }
    if (highways < 0) {
      throw new IllegalArgumentException("highways must not be negative, found " + highways);
    }
  }
}
