package dev.myna.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * How a tokenizer cuts words that were told apart before: each on its own, as Hugging Face's
 * tokenizers do with {@code is_split_into_words}. Where the beginning of a word is known by the
 * space before it (GPT-2's bytes), each word gets one, the first too, as with {@code
 * add_prefix_space}. Of a tokenizer that makes a token of that space alone (single characters), the
 * space belongs to the word, but does not stand for it.
 */
public final class SplitWords {
  private static final String PROBE = "a";

  private final Tokenizer tokenizer;
  private final String before;
  private final int[] space;

  /** The way of a tokenizer. */
  public SplitWords(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
    int[] alone = tokenizer.ids(PROBE);
    boolean told = Arrays.equals(tokenizer.ids(PROBE + " " + PROBE), joined(alone, alone));
    before = told ? "" : " ";
    int[] blank = told ? new int[0] : tokenizer.ids(" ");
    boolean apart = Arrays.equals(tokenizer.ids(" " + PROBE), joined(blank, alone));
    space = apart ? blank : new int[0];
  }

  private static int[] joined(int[] first, int[] second) {
    return IntStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
  }

  /**
   * The ids of each word, those of a sentence together; none where the tokenizer drops a word.
   *
   * @return as many sentences, each of as many elements as words
   */
  public List<List<int[]>> pieces(List<? extends List<String>> sentences) {
    List<String> different = sentences.stream().<String>flatMap(List::stream).distinct().toList();
    List<int[]> ids = tokenizer.idsOfAll(different.stream().map(word -> before + word).toList());
    Map<String, int[]> known = HashMap.newHashMap(different.size());
    for (int i = 0; i < ids.size(); i++) {
      known.put(different.get(i), ids.get(i));
    }
    return sentences.stream()
        .map(words -> words.stream().map(word -> Objects.requireNonNull(known.get(word))).toList())
        .toList();
  }

  /** Which of the pieces of a word stands for it: the first of its own; -1 where it has none. */
  public int first(int[] pieces) {
    boolean spaced =
        space.length > 0
            && pieces.length >= space.length
            && Arrays.equals(space, 0, space.length, pieces, 0, space.length);
    int first = spaced ? space.length : 0;
    return first < pieces.length ? first : -1;
  }
}
