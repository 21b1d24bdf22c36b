package dev.myna.text.normalize;

import dev.myna.text.TokenizerException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * SentencePiece's character map: a double-array trie from byte sequences to places in a pool of
 * zero-terminated replacements. Follows the reference in replacing grapheme clusters of fewer than
 * six bytes as a whole where the map has a prefix of them, and single characters otherwise.
 */
public final class PrecompiledNormalizer implements Normalizer {
  private final byte[] map;
  private final int[] units;
  private final byte[] pool;

  /**
   * By char, what replaces it where it stands alone; {@link #NOTHING}, or null if not yet known.
   */
  private final @Nullable String[] alone = new @Nullable String[1 << 16];

  private static final String NOTHING = "\uD800"; // no text that was decoded from UTF-8

  /** Takes the map as SentencePiece stores it: the trie's size, the trie, the replacements. */
  public PrecompiledNormalizer(byte[] map) {
    this.map = map.clone();
    ByteBuffer buffer = ByteBuffer.wrap(map).order(ByteOrder.LITTLE_ENDIAN);
    int size = map.length < 4 ? -1 : buffer.getInt();
    if (size < 4 || size % 4 != 0 || size > map.length - 4) {
      throw new TokenizerException(
          "a character map of %d bytes cannot hold a trie of %d bytes; the file is damaged"
              .formatted(map.length, size));
    }
    units = new int[size / 4];
    for (int i = 0; i < units.length; i++) {
      units[i] = buffer.getInt();
    }
    pool = Arrays.copyOfRange(map, 4 + size, map.length);
  }

  /** The map as SentencePiece stores it. */
  public byte[] map() {
    return map.clone();
  }

  @Override
  public void normalize(AlignedText text) {
    if (text.length() == 0) {
      return;
    }
    String string = text.toString();
    int start = firstChange(string);
    if (start == string.length()) {
      return;
    }
    Output out = new Output(text.length() + 16);
    for (int i = 0; i < string.length(); ) {
      if (standsAlone(string, i)) {
        String part = replacement(string.charAt(i));
        if (part == null) {
          out.add(string.charAt(i), 0);
        } else {
          out.replace(1, part);
        }
        i++;
      } else {
        int end = i + 1;
        while (end < string.length()
            && !(Graphemes.isSimple(string.charAt(end - 1)) && standsAlone(string, end - 1))) {
          end++;
        }
        clusters(string, i, end, out);
        i = end;
      }
    }
    if (out.modified) {
      text.transform(out.points, out.changes, out.size);
    }
  }

  /** Where the first character stands that may be changed; the length where there is none. */
  private int firstChange(String string) {
    int i = 0;
    while (i < string.length() && standsAlone(string, i) && replacement(string.charAt(i)) == null) {
      i++;
    }
    return i;
  }

  private static boolean standsAlone(String string, int i) {
    return Graphemes.isSimple(string.charAt(i))
        && (i + 1 == string.length() || Graphemes.divides(string.charAt(i), string.charAt(i + 1)));
  }

  /** Replaces whole grapheme clusters, or what can be replaced within them. */
  private void clusters(String string, int start, int end, Output out) {
    BreakIterator graphemes = BreakIterator.getCharacterInstance(Locale.ROOT);
    graphemes.setText(string.substring(start, end));
    int from = start;
    for (int next = graphemes.next(); next != BreakIterator.DONE; next = graphemes.next()) {
      int to = start + next;
      String whole = to - from < 6 ? replacement(string, from, to, 5) : null;
      if (whole != null) {
        out.replace(string.codePointCount(from, to), whole);
      } else {
        single(string, from, to, out);
      }
      from = to;
    }
  }

  /** What replaces a character that stands alone, or null; looked up once. */
  private @Nullable String replacement(char c) {
    String known = alone[c];
    if (known == null) {
      String found = replacement(Character.toString(c), 0, 1, 5);
      known = found == null ? NOTHING : found;
      alone[c] = known;
    }
    return known.equals(NOTHING) ? null : known;
  }

  private void single(String string, int from, int to, Output out) {
    for (int i = from; i < to; ) {
      int c = string.codePointAt(i);
      int next = i + Character.charCount(c);
      String part = replacement(string, i, next, 4);
      if (part != null) {
        out.replace(1, part);
      } else {
        out.add(c, 0);
      }
      i = next;
    }
  }

  /** What replaces this part of at most {@code most} bytes, or null. */
  private @Nullable String replacement(String string, int from, int to, int most) {
    byte[] key = string.substring(from, to).getBytes(StandardCharsets.UTF_8);
    if (key.length > most) {
      return null;
    }
    int place = firstPrefix(key);
    if (place < 0 || place >= pool.length) {
      return null;
    }
    int end = place;
    while (end < pool.length && pool[end] != 0) {
      end++;
    }
    return new String(pool, place, end - place, StandardCharsets.UTF_8);
  }

  /** The value of the shortest key that begins {@code text}, or -1. */
  private int firstPrefix(byte[] text) {
    int node = offset(units[0]);
    for (byte b : text) {
      int label = b & 0xFF;
      if (label == 0) {
        return -1;
      }
      node ^= label;
      if (node < 0 || node >= units.length || (units[node] & 0x800000FF) != label) {
        return -1;
      }
      boolean leaf = (units[node] >>> 8 & 1) == 1;
      node ^= offset(units[node]);
      if (leaf) {
        return node < 0 || node >= units.length ? -1 : units[node] & 0x7FFFFFFF;
      }
    }
    return -1;
  }

  private static int offset(int unit) {
    return unit >>> 10 << ((unit & 1 << 9) >>> 6);
  }

  /** The normalised characters with their changes. */
  private static final class Output {
    int[] points;
    int[] changes;
    int size;
    boolean modified;

    Output(int capacity) {
      points = new int[capacity];
      changes = new int[capacity];
    }

    void add(int c, int change) {
      if (size == points.length) {
        points = Arrays.copyOf(points, size + (size >> 1) + 16);
        changes = Arrays.copyOf(changes, points.length);
      }
      points[size] = c;
      changes[size++] = change;
    }

    void replace(int oldCount, String replacement) {
      modified = true;
      int newCount = replacement.codePointCount(0, replacement.length());
      int index = 0;
      for (int i = 0; i < replacement.length(); ) {
        int c = replacement.codePointAt(i);
        add(c, index++ >= oldCount ? 1 : 0);
        i += Character.charCount(c);
      }
      if (newCount < oldCount && size > 0) {
        changes[size - 1] += newCount - oldCount;
      }
    }
  }
}
