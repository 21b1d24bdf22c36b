package dev.myna.text;

import dev.myna.text.normalize.Normalizer;
import dev.myna.text.normalize.Whitespace;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds added tokens in a text: leftmost first, the longest of those that begin there. One set is
 * looked for in the text as it came, another in the normalised text.
 */
final class AddedVocabulary {
  private final Trie raw = new Trie();
  private final Trie normalized = new Trie();

  AddedVocabulary(List<AddedToken> tokens, @Nullable Normalizer normalizer) {
    Map<String, AddedToken> byContent = new LinkedHashMap<>();
    tokens.forEach(token -> byContent.put(token.content(), token));
    for (AddedToken token : byContent.values()) {
      if (token.content().isEmpty()) {
        continue;
      }
      if (!token.normalized()) {
        raw.add(token.content(), token);
      } else {
        String content = token.content();
        normalized.add(normalizer == null ? content : normalizer.normalize(content), token);
      }
    }
  }

  boolean hasRaw() {
    return !raw.isEmpty();
  }

  boolean hasNormalized() {
    return !normalized.isEmpty();
  }

  /** Where tokens of the first set lie, as triples of start, end and id. */
  Matches findRaw(char[] text, int from, int to) {
    return raw.find(text, from, to);
  }

  /** Where tokens of the second set lie in normalised text. */
  Matches findNormalized(char[] text, int from, int to) {
    return normalized.find(text, from, to);
  }

  /** Ranges in order, each with the id of the token that it is. */
  static final class Matches {
    static final Matches NONE = new Matches();
    private int[] triples = new int[0];
    private int size;

    int size() {
      return size;
    }

    int start(int index) {
      return triples[index * 3];
    }

    int end(int index) {
      return triples[index * 3 + 1];
    }

    int id(int index) {
      return triples[index * 3 + 2];
    }

    private void add(int start, int end, int id) {
      if (size * 3 == triples.length) {
        triples = Arrays.copyOf(triples, triples.length * 2 + 12);
      }
      triples[size * 3] = start;
      triples[size * 3 + 1] = end;
      triples[size++ * 3 + 2] = id;
    }
  }

  /** A trie over chars whose root is looked up by a table, since most characters begin no token. */
  private static final class Trie {
    private final Node root = new Node();
    private final long[] starts = new long[1 << 10];

    void add(String content, AddedToken token) {
      if (content.isEmpty()) {
        return;
      }
      Node node = root;
      for (int i = 0; i < content.length(); i++) {
        node = node.children.computeIfAbsent(content.charAt(i), c -> new Node());
      }
      if (node.token == null) {
        node.token = token;
      }
      char first = content.charAt(0);
      starts[first >>> 6] |= 1L << first;
    }

    boolean isEmpty() {
      return root.children.isEmpty();
    }

    Matches find(char[] text, int from, int to) {
      if (isEmpty()) {
        return Matches.NONE;
      }
      Matches matches = null;
      int done = from;
      for (int i = from; i < to; ) {
        char c = text[i];
        if ((starts[c >>> 6] >>> c & 1) == 0) {
          i++;
          continue;
        }
        int end = longest(text, i, to);
        AddedToken token = end < 0 ? null : at(text, i, end);
        if (token == null) {
          i++;
          continue;
        }
        if (!token.singleWord() || standsAlone(text, i, end, from, to)) {
          int start = token.lstrip() ? Math.max(spacesBefore(text, i, from), done) : i;
          int stop = token.rstrip() ? spacesAfter(text, end, to) : end;
          if (matches == null) {
            matches = new Matches();
          }
          matches.add(start, stop, token.id());
          done = stop;
        }
        i = end;
      }
      return matches == null ? Matches.NONE : matches;
    }

    private int longest(char[] text, int from, int to) {
      Node node = root;
      int end = -1;
      for (int i = from; i < to; i++) {
        node = node.children.get(text[i]);
        if (node == null) {
          break;
        }
        if (node.token != null) {
          end = i + 1;
        }
      }
      return end;
    }

    private @Nullable AddedToken at(char[] text, int from, int to) {
      Node node = root;
      for (int i = from; i < to; i++) {
        node = node.children.get(text[i]);
        if (node == null) {
          return null;
        }
      }
      return node.token;
    }
  }

  private static boolean standsAlone(char[] text, int start, int end, int from, int to) {
    boolean before = start == from || !isWord(Character.codePointBefore(text, start, from));
    return before && (end == to || !isWord(Character.codePointAt(text, end, to)));
  }

  /** What regular expressions call a word character. */
  private static boolean isWord(int c) {
    int type = Character.getType(c);
    return Character.isAlphabetic(c)
        || type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.DECIMAL_DIGIT_NUMBER
        || type == Character.CONNECTOR_PUNCTUATION
        || c == 0x200C
        || c == 0x200D;
  }

  private static int spacesBefore(char[] text, int index, int from) {
    int i = index;
    while (i > from && Whitespace.is(text[i - 1])) {
      i--;
    }
    return i;
  }

  private static int spacesAfter(char[] text, int index, int to) {
    int i = index;
    while (i < to && Whitespace.is(text[i])) {
      i++;
    }
    return i;
  }

  private static final class Node {
    final Map<Character, Node> children = new HashMap<>(4);
    @Nullable AddedToken token;
  }
}
