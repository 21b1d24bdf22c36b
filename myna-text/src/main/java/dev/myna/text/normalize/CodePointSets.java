package dev.myna.text.normalize;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Sets of code points by name: where the reference tokenizers' Unicode tables are older or newer
 * than the JDK's, and the combining classes. Read once, when the first set is asked for.
 */
public final class CodePointSets {
  private static final Map<String, BitSet> SETS = read();

  private CodePointSets() {}

  /** The set of this name; empty where there is none. Not to be changed. */
  public static BitSet of(String name) {
    return SETS.getOrDefault(name, new BitSet());
  }

  static Map<String, BitSet> all() {
    return SETS;
  }

  private static Map<String, BitSet> read() {
    Map<String, BitSet> sets = new HashMap<>();
    InputStream stream =
        Objects.requireNonNull(CodePointSets.class.getResourceAsStream("unicode.txt"));
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.startsWith("#")) {
          String[] words = line.split(" ", -1);
          sets.put(words[0], ranges(words));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sets;
  }

  private static BitSet ranges(String[] words) {
    BitSet set = new BitSet();
    for (int i = 1; i < words.length; i++) {
      String[] ends = words[i].split("\\.\\.", -1);
      int from = Integer.parseInt(ends[0], 16);
      set.set(from, (ends.length == 2 ? Integer.parseInt(ends[1], 16) : from) + 1);
    }
    return set;
  }
}
