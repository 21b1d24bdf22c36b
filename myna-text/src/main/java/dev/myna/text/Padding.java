package dev.myna.text;

import java.util.List;
import java.util.OptionalInt;

/**
 * How shorter encodings are filled up.
 *
 * @param length the length to fill up to, or empty for that of the longest in the batch
 * @param direction the side that is filled
 * @param multipleOf the length is made a multiple of this; 0 leaves it
 * @param id the padding token's id
 * @param typeId its type id
 * @param token its text
 */
public record Padding(
    OptionalInt length,
    Truncation.Direction direction,
    int multipleOf,
    int id,
    int typeId,
    String token) {

  /** Fills the right side up to the longest in the batch. */
  public static Padding longest(String token, int id) {
    return new Padding(OptionalInt.empty(), Truncation.Direction.RIGHT, 0, id, 0, token);
  }

  /** The encodings, all of one length (unless one is longer than the fixed length). */
  List<Encoding> apply(List<Encoding> encodings) {
    int longest = encodings.stream().mapToInt(Encoding::size).max().orElse(0);
    int wanted = length.orElse(longest);
    if (multipleOf > 0 && wanted % multipleOf > 0) {
      wanted += multipleOf - wanted % multipleOf;
    }
    int target = wanted;
    return encodings.stream().map(e -> e.pad(target, this)).toList();
  }
}
