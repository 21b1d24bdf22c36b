package dev.myna.text;

import java.util.ArrayList;
import java.util.List;

/**
 * How texts that are too long are cut.
 *
 * @param maxLength the most tokens, special ones included
 * @param strategy which text of a pair is cut
 * @param stride how many tokens a part that was cut off shares with the part before
 * @param direction which side is cut
 */
public record Truncation(int maxLength, Strategy strategy, int stride, Direction direction) {
  /** Which text of a pair is cut. */
  public enum Strategy {
    LONGEST_FIRST,
    ONLY_FIRST,
    ONLY_SECOND
  }

  /** A side of a sequence. */
  public enum Direction {
    LEFT,
    RIGHT
  }

  public Truncation {
    if (maxLength < 0 || stride < 0) {
      throw new IllegalArgumentException(
          "length and stride must not be negative, found %d and %d".formatted(maxLength, stride));
    }
  }

  /** Cuts on the right, the longer text first. */
  public static Truncation to(int maxLength) {
    return new Truncation(maxLength, Strategy.LONGEST_FIRST, 0, Direction.RIGHT);
  }

  /** One encoding or two, cut so that {@code added} more tokens fit. */
  List<Encoding> apply(List<Encoding> encodings, int added) {
    int most = maxLength - added;
    if (most < 0) {
      throw new TokenizerException(
          "at most %d tokens were wanted, but %d special ones are added"
              .formatted(maxLength, added));
    }
    int total = encodings.stream().mapToInt(Encoding::size).sum();
    if (total <= most) {
      return encodings;
    }
    if (most == 0) {
      return encodings.stream().map(e -> e.truncate(0, stride, direction)).toList();
    }
    return switch (strategy) {
      case LONGEST_FIRST -> longestFirst(encodings, most);
      case ONLY_FIRST -> only(encodings, 0, total - most);
      case ONLY_SECOND -> only(encodings, 1, total - most);
    };
  }

  private List<Encoding> longestFirst(List<Encoding> encodings, int most) {
    if (encodings.size() == 1) {
      return List.of(encodings.getFirst().truncate(most, stride, direction));
    }
    int first = encodings.get(0).size();
    int second = encodings.get(1).size();
    int shorter = Math.min(first, second);
    int longer = shorter > most ? shorter : Math.max(shorter, most - shorter);
    if (shorter + longer > most) {
      shorter = most / 2;
      longer = shorter + most % 2;
    }
    boolean swapped = first > second;
    return List.of(
        encodings.get(0).truncate(swapped ? longer : shorter, stride, direction),
        encodings.get(1).truncate(swapped ? shorter : longer, stride, direction));
  }

  private List<Encoding> only(List<Encoding> encodings, int index, int remove) {
    if (index >= encodings.size()) {
      throw new TokenizerException(
          "the second text is to be cut, but there is one only; cut the first or pass a pair");
    }
    Encoding target = encodings.get(index);
    if (target.size() <= remove) {
      throw new TokenizerException(
          "text %d has %d tokens, too few to take %d off; cut the longest instead"
              .formatted(index + 1, target.size(), remove));
    }
    List<Encoding> out = new ArrayList<>(encodings);
    out.set(index, target.truncate(target.size() - remove, stride, direction));
    return out;
  }
}
