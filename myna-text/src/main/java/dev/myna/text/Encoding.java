package dev.myna.text;

import dev.myna.text.process.SpecialToken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a text became: parallel arrays with one place a token, plus the parts that truncation cut
 * off. Immutable; the arrays that are handed out are copies.
 *
 * <p>Offsets count code points of the original text (the second text's tokens count in the second
 * text) and can be asked for in UTF-16 units or bytes too.
 */
public final class Encoding {
  private final int[] ids;
  private final int[] typeIds;
  private final String[] tokens;
  private final int[] starts;
  private final int[] ends;
  private final int[] words;
  private final int[] sequences;
  private final int[] special;
  private final int[] attention;
  private final List<String> texts;
  private final List<Encoding> overflowing;

  private Encoding(Builder b) {
    ids = b.ids;
    typeIds = b.typeIds;
    tokens = b.tokens;
    starts = b.starts;
    ends = b.ends;
    words = b.words;
    sequences = b.sequences;
    special = b.special;
    attention = b.attention;
    texts = b.texts;
    overflowing = List.copyOf(b.overflowing);
  }

  /** The parallel arrays of an encoding in the making, all of one length. */
  static final class Builder {
    int[] ids;
    int[] typeIds;
    String[] tokens;
    int[] starts;
    int[] ends;
    int[] words;
    int[] sequences;
    int[] special;
    int[] attention;
    List<String> texts;
    List<Encoding> overflowing = List.of();

    Builder(int[] ids, String[] tokens, int[] starts, int[] ends, int[] words, String text) {
      this.ids = ids;
      this.tokens = tokens;
      this.starts = starts;
      this.ends = ends;
      this.words = words;
      typeIds = new int[ids.length];
      sequences = new int[ids.length];
      special = new int[ids.length];
      attention = new int[ids.length];
      Arrays.fill(attention, 1);
      texts = List.of(text);
    }

    Builder(Encoding e) {
      ids = e.ids;
      typeIds = e.typeIds;
      tokens = e.tokens;
      starts = e.starts;
      ends = e.ends;
      words = e.words;
      sequences = e.sequences;
      special = e.special;
      attention = e.attention;
      texts = e.texts;
      overflowing = e.overflowing;
    }

    Encoding build() {
      return new Encoding(this);
    }
  }

  /** How many tokens there are. */
  public int size() {
    return ids.length;
  }

  public int[] ids() {
    return ids.clone();
  }

  /** 0 for the first text, 1 for the second, or as the post-processor says. */
  public int[] typeIds() {
    return typeIds.clone();
  }

  /** The tokens as the vocabulary writes them. */
  public List<String> tokens() {
    return List.of(tokens);
  }

  /** 1 for real tokens, 0 for padding. */
  public int[] attentionMask() {
    return attention.clone();
  }

  /** 1 for tokens that the post-processor or the padding added. */
  public int[] specialTokensMask() {
    return special.clone();
  }

  /** Which piece of the pre-tokenizer each token is of, -1 for added ones. */
  public int[] wordIds() {
    return words.clone();
  }

  /** Which text each token is of, 0 or 1, and -1 for added ones. */
  public int[] sequenceIds() {
    return sequences.clone();
  }

  /** Where each token starts in its text. */
  public int[] starts(OffsetUnit unit) {
    return convert(starts, unit);
  }

  /** Where each token ends in its text. */
  public int[] ends(OffsetUnit unit) {
    return convert(ends, unit);
  }

  /** What truncation cut off, in order, each with its own special tokens. */
  public List<Encoding> overflowing() {
    return overflowing;
  }

  private int[] convert(int[] offsets, OffsetUnit unit) {
    return switch (unit) {
      case CODE_POINT -> offsets.clone();
      case UTF16, BYTE -> {
        int[] converted = new int[offsets.length];
        for (int s = 0; s < texts.size(); s++) {
          int[] places = places(texts.get(s), unit);
          for (int i = 0; i < offsets.length; i++) {
            if (sequences[i] == s) {
              converted[i] = places[Math.min(offsets[i], places.length - 1)];
            }
          }
        }
        yield converted;
      }
    };
  }

  /** Where each code point of {@code text} begins, and its end. */
  private static int[] places(String text, OffsetUnit unit) {
    int[] places = new int[text.codePointCount(0, text.length()) + 1];
    int place = 0;
    int index = 0;
    for (int i = 0; i < text.length(); ) {
      places[index++] = place;
      int c = text.codePointAt(i);
      int chars = Character.charCount(c);
      place += unit == OffsetUnit.UTF16 ? chars : c < 0x80 ? 1 : c < 0x800 ? 2 : chars + 2;
      i += chars;
    }
    places[index] = place;
    return places;
  }

  /** Sees each token with its range of code points and may change the range in place. */
  @FunctionalInterface
  public interface OffsetChange {
    void apply(int index, String token, int[] range);
  }

  /** This encoding, and what overflowed, with other offsets. */
  public Encoding withOffsets(OffsetChange change) {
    Builder b = new Builder(this);
    b.starts = starts.clone();
    b.ends = ends.clone();
    int[] range = new int[2];
    for (int i = 0; i < ids.length; i++) {
      range[0] = starts[i];
      range[1] = ends[i];
      change.apply(i, tokens[i], range);
      b.starts[i] = range[0];
      b.ends[i] = range[1];
    }
    b.overflowing = overflowing.stream().map(e -> e.withOffsets(change)).toList();
    return b.build();
  }

  /** This encoding, and what overflowed, with one type id throughout. */
  public Encoding withTypeId(int typeId) {
    Builder b = new Builder(this);
    b.typeIds = filled(ids.length, typeId);
    b.overflowing = overflowing.stream().map(e -> e.withTypeId(typeId)).toList();
    return b.build();
  }

  /** The encodings with their place in the list as sequence id and type id. */
  public static List<Encoding> withSequences(List<Encoding> encodings) {
    List<Encoding> result = new ArrayList<>();
    for (int i = 0; i < encodings.size(); i++) {
      result.add(encodings.get(i).withSequence(i));
    }
    return result;
  }

  private Encoding withSequence(int sequence) {
    Builder b = new Builder(this);
    b.sequences = filled(ids.length, sequence);
    b.overflowing = overflowing.stream().map(e -> e.withSequence(sequence)).toList();
    return b.build();
  }

  /** One token that a post-processor adds, with no place in a text. */
  public static Encoding special(SpecialToken token, int typeId) {
    Builder b =
        new Builder(
            new int[] {token.id()},
            new String[] {token.token()},
            new int[1],
            new int[1],
            new int[] {-1},
            "");
    b.texts = List.of();
    b.typeIds[0] = typeId;
    b.sequences[0] = -1;
    b.special[0] = 1;
    return b.build();
  }

  /** This encoding, and each part that overflowed, between others. */
  public Encoding between(List<Encoding> before, List<Encoding> after) {
    Builder b = new Builder(this);
    b.overflowing = List.of();
    List<Encoding> parts = new ArrayList<>(before);
    parts.add(b.build());
    parts.addAll(after);
    Builder framed = new Builder(merge(parts));
    framed.overflowing = overflowing.stream().map(e -> e.between(before, after)).toList();
    return framed.build();
  }

  /**
   * The encodings after each other as one. Every part that overflowed is joined with what stands
   * beside it, and with the parts that overflowed there.
   */
  public static Encoding merge(List<Encoding> encodings) {
    Encoding merged = encodings.isEmpty() ? empty() : encodings.getFirst();
    for (Encoding next : encodings.subList(Math.min(1, encodings.size()), encodings.size())) {
      merged = merged.join(next);
    }
    return merged;
  }

  private static Encoding empty() {
    int[] none = new int[0];
    return new Builder(none, new String[0], none, none, none, "").build();
  }

  private Encoding join(Encoding next) {
    List<Encoding> joined = new ArrayList<>();
    for (Encoding part : overflowing) {
      joined.add(part.joinAlone(next));
      for (Encoding other : next.overflowing) {
        joined.add(part.joinAlone(other));
      }
    }
    for (Encoding other : next.overflowing) {
      joined.add(joinAlone(other));
    }
    Builder b = new Builder(joinAlone(next));
    b.overflowing = joined;
    return b.build();
  }

  private Encoding joinAlone(Encoding e) {
    Builder b = new Builder(this);
    b.ids = join(ids, e.ids);
    b.typeIds = join(typeIds, e.typeIds);
    b.tokens = Arrays.copyOf(tokens, tokens.length + e.tokens.length);
    System.arraycopy(e.tokens, 0, b.tokens, tokens.length, e.tokens.length);
    b.starts = join(starts, e.starts);
    b.ends = join(ends, e.ends);
    b.words = join(words, e.words);
    b.sequences = join(sequences, e.sequences);
    b.special = join(special, e.special);
    b.attention = join(attention, e.attention);
    b.texts = new ArrayList<>(texts);
    b.texts.addAll(e.texts);
    b.overflowing = List.of();
    return b.build();
  }

  /** The first tokens, no more than {@code most}; the others are lost. */
  Encoding first(int most) {
    return size() <= most ? this : part(0, most);
  }

  /** The first part of at most {@code most} tokens; the others overflow. */
  Encoding truncate(int most, int stride, Truncation.Direction direction) {
    if (size() <= most) {
      return this;
    }
    if (most == 0) {
      Builder b = new Builder(part(0, 0));
      List<Encoding> parts = new ArrayList<>(overflowing);
      parts.add(this);
      b.overflowing = parts;
      return b.build();
    }
    if (stride >= most) {
      throw new TokenizerException(
          "the stride must be less than the %d tokens that remain beside special ones, found %d"
              .formatted(most, stride));
    }
    List<Encoding> parts = new ArrayList<>();
    int step = most - stride;
    boolean done = false;
    for (int at = 0; !done; at += step) {
      int start;
      int end;
      if (direction == Truncation.Direction.RIGHT) {
        start = at;
        end = Math.min(at + most, size());
        done = end == size();
      } else {
        end = size() - at;
        start = Math.max(0, end - most);
        done = start == 0;
      }
      parts.add(part(start, end));
    }
    Builder b = new Builder(parts.getFirst());
    b.overflowing = parts.subList(1, parts.size());
    return b.build();
  }

  private Encoding part(int from, int to) {
    Builder b = new Builder(this);
    b.ids = Arrays.copyOfRange(ids, from, to);
    b.typeIds = Arrays.copyOfRange(typeIds, from, to);
    b.tokens = Arrays.copyOfRange(tokens, from, to);
    b.starts = Arrays.copyOfRange(starts, from, to);
    b.ends = Arrays.copyOfRange(ends, from, to);
    b.words = Arrays.copyOfRange(words, from, to);
    b.sequences = Arrays.copyOfRange(sequences, from, to);
    b.special = Arrays.copyOfRange(special, from, to);
    b.attention = Arrays.copyOfRange(attention, from, to);
    b.overflowing = List.of();
    return b.build();
  }

  /** This encoding and what overflowed, filled up to {@code length} tokens. */
  Encoding pad(int length, Padding padding) {
    List<Encoding> parts = overflowing.stream().map(e -> e.pad(length, padding)).toList();
    int missing = Math.max(0, length - size());
    Builder fill =
        new Builder(
            filled(missing, padding.id()),
            new String[missing],
            new int[missing],
            new int[missing],
            filled(missing, -1),
            "");
    Arrays.fill(fill.tokens, padding.token());
    fill.typeIds = filled(missing, padding.typeId());
    fill.sequences = filled(missing, -1);
    fill.special = filled(missing, 1);
    fill.attention = new int[missing];
    fill.texts = List.of();
    boolean left = padding.direction() == Truncation.Direction.LEFT;
    Encoding padded = left ? fill.build().joinAlone(this) : joinAlone(fill.build());
    Builder b = new Builder(padded);
    b.overflowing = parts;
    return b.build();
  }

  private static int[] filled(int length, int value) {
    int[] array = new int[length];
    Arrays.fill(array, value);
    return array;
  }

  private static int[] join(int[] a, int[] b) {
    int[] joined = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, joined, a.length, b.length);
    return joined;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Encoding e
        && Arrays.equals(ids, e.ids)
        && Arrays.equals(typeIds, e.typeIds)
        && Arrays.equals(tokens, e.tokens)
        && Arrays.equals(starts, e.starts)
        && Arrays.equals(ends, e.ends)
        && Arrays.equals(special, e.special)
        && Arrays.equals(attention, e.attention)
        && overflowing.equals(e.overflowing);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }

  @Override
  public String toString() {
    return "Encoding" + Arrays.toString(tokens);
  }
}
