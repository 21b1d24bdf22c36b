package dev.myna.task;

import dev.myna.model.Elmo;
import dev.myna.spec.CharacterSpec;
import dev.myna.tensor.Device;
import dev.myna.tensor.Tensor;
import dev.myna.text.Encoding;
import dev.myna.text.OffsetUnit;
import dev.myna.text.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The characters of words, for models that read words by them. Words that a tokenizer of words does
 * not know get ids of their own behind its vocabulary, so that they can be told apart.
 */
public final class Spelling {
  private static final int BEGIN = 257;
  private static final int END = 258;

  private final Tokenizer tokenizer;
  private final int longest;
  private final int known;
  private final int unknown;
  private final List<byte[]> words = new ArrayList<>();
  private final Map<String, Integer> others = new HashMap<>();

  /**
   * @param tokenizer of words
   */
  public Spelling(Tokenizer tokenizer, CharacterSpec spec) {
    this.tokenizer = tokenizer;
    longest = spec.longest();
    known = tokenizer.vocabularySize();
    unknown =
        Stream.of("<unk>", "[UNK]")
            .map(tokenizer::id)
            .flatMapToInt(OptionalInt::stream)
            .findFirst()
            .orElse(-1);
    for (int id = 0; id < known; id++) {
      words.add(tokenizer.token(id).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The ids of a text; a word that the tokenizer does not know gets an id of its own. */
  public int[] ids(String text) {
    Encoding encoding = tokenizer.encode(text, false);
    int[] ids = encoding.ids();
    int[] starts = encoding.starts(OffsetUnit.UTF16);
    int[] ends = encoding.ends(OffsetUnit.UTF16);
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == unknown && !text.startsWith(tokenizer.token(unknown), starts[i])) {
        ids[i] = others.computeIfAbsent(text.substring(starts[i], ends[i]), this::add);
      }
    }
    return ids;
  }

  private int add(String word) {
    words.add(word.getBytes(StandardCharsets.UTF_8));
    return words.size() - 1;
  }

  /** The ids as the tokenizer has them: those behind its vocabulary become the unknown one. */
  public List<int[]> known(List<int[]> rows) {
    return rows.stream()
        .map(
            row -> {
              int[] ids = row.clone();
              for (int i = 0; i < ids.length; i++) {
                ids[i] = ids[i] < known ? ids[i] : Math.max(unknown, 0);
              }
              return ids;
            })
        .toList();
  }

  /**
   * Spells the words of some texts, each different one once.
   *
   * @param ids row after row, B·T
   */
  public Elmo.Spelled of(int[] ids, int rows, Device device) {
    Map<Integer, Integer> different = new LinkedHashMap<>();
    int[] places = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      Integer place = different.putIfAbsent(ids[i], different.size());
      places[i] = place == null ? different.size() - 1 : place;
    }
    int[] characters = new int[different.size() * longest];
    different.forEach((id, place) -> spell(words.get(id), characters, place * longest));
    return new Elmo.Spelled(
        Tensor.of(characters, different.size(), longest).to(device),
        Tensor.of(places, rows, ids.length / rows).to(device));
  }

  /** Marks at both ends, bytes in between from 1 on, zeros behind; long words lose their ends. */
  private void spell(byte[] word, int[] into, int at) {
    int letters = Math.min(word.length, longest - 2);
    into[at] = BEGIN;
    for (int i = 0; i < letters; i++) {
      into[at + 1 + i] = Byte.toUnsignedInt(word[i]) + 1;
    }
    into[at + 1 + letters] = END;
  }
}
