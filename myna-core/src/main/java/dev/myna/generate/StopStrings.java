package dev.myna.generate;

import java.util.List;

/**
 * Watches a text that grows piece by piece for strings that end it.
 *
 * <p>A stop string may span pieces, so text that could still become one is held back. The text ends
 * before the stop string that is complete first (of several complete at the same character, the
 * longest); the cut does not depend on how the text came in pieces.
 */
public final class StopStrings {
  private final List<String> stops;
  private final StringBuilder held = new StringBuilder();
  private boolean stopped;

  public StopStrings(List<String> stops) {
    this.stops = List.copyOf(stops);
    if (this.stops.contains("")) {
      throw new IllegalArgumentException("a stop string must not be empty: leave it out");
    }
  }

  /**
   * Takes the next piece of the text.
   *
   * @return the text that is certain to stand before any stop string and was not returned yet
   */
  public String add(String piece) {
    StringBuilder safe = new StringBuilder();
    for (int i = 0; i < piece.length() && !stopped; i++) {
      held.append(piece.charAt(i));
      int stop = completed();
      if (stop > 0) {
        stopped = true;
        held.setLength(held.length() - stop);
        safe.append(held);
        held.setLength(0);
      } else {
        int free = held.length() - pending();
        safe.append(held, 0, free);
        held.delete(0, free);
      }
    }
    return safe.toString();
  }

  /** Ends the text: what was held back after all. */
  public String finish() {
    String rest = held.toString();
    held.setLength(0);
    return rest;
  }

  /** Whether a stop string came up. */
  public boolean stopped() {
    return stopped;
  }

  /** Length of the longest stop string with which the held text ends, 0 for none. */
  private int completed() {
    int longest = 0;
    for (String stop : stops) {
      if (stop.length() > longest && endsWith(stop, stop.length())) {
        longest = stop.length();
      }
    }
    return longest;
  }

  /** Length of the longest beginning of a stop string with which the held text ends. */
  private int pending() {
    int longest = 0;
    for (String stop : stops) {
      for (int n = Math.min(stop.length() - 1, held.length()); n > longest; n--) {
        if (endsWith(stop, n)) {
          longest = n;
        }
      }
    }
    return longest;
  }

  private boolean endsWith(String stop, int count) {
    int from = held.length() - count;
    if (from < 0) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (held.charAt(from + i) != stop.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
