package dev.myna.text;

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

  /** This encoding with one type id throughout. */
  public Encoding withTypeId(int typeId) {
    Builder b = new Builder(this);
    b.typeIds = new int[ids.length];
    Arrays.fill(b.typeIds, typeId);
    return b.build();
  }

  /** The encodings with their place in the list as sequence id and type id. */
  public static List<Encoding> withSequences(List<Encoding> encodings) {
    List<Encoding> result = new ArrayList<>();
    for (int i = 0; i < encodings.size(); i++) {
      Builder b = new Builder(encodings.get(i));
      b.sequences = new int[b.ids.length];
      Arrays.fill(b.sequences, i);
      result.add(b.build());
    }
    return result;
  }

  /** The encodings after each other as one. */
  public static Encoding merge(List<Encoding> encodings) {
    if (encodings.size() == 1) {
      return encodings.getFirst();
    }
    Builder b = new Builder(new int[0], new String[0], new int[0], new int[0], new int[0], "");
    b.texts = new ArrayList<>();
    for (Encoding e : encodings) {
      b.ids = join(b.ids, e.ids);
      b.typeIds = join(b.typeIds, e.typeIds);
      String[] joined = Arrays.copyOf(b.tokens, b.tokens.length + e.tokens.length);
      System.arraycopy(e.tokens, 0, joined, b.tokens.length, e.tokens.length);
      b.tokens = joined;
      b.starts = join(b.starts, e.starts);
      b.ends = join(b.ends, e.ends);
      b.words = join(b.words, e.words);
      b.sequences = join(b.sequences, e.sequences);
      b.special = join(b.special, e.special);
      b.attention = join(b.attention, e.attention);
      b.texts.addAll(e.texts);
    }
    return b.build();
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
