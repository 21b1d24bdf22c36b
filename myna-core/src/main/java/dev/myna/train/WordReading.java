package dev.myna.train;

import dev.myna.task.WordWindow;
import dev.myna.text.Encoding;
import dev.myna.text.SplitWords;
import dev.myna.text.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How the words of sentences become what a tagger reads. A sentence that is longer than the model
 * takes is cut into windows, each of as many whole words as fit, so that a tag is said of each.
 *
 * @param before ids that begin a text
 * @param after ids that end it
 * @param length most tokens of a window, these included
 */
record WordReading(SplitWords split, int[] before, int[] after, int length) {
  private static final int[] NOTHING = {};

  /** As the model of a recipe reads: a Transformer what stands around a text too. */
  static WordReading of(Tokenizer tokenizer, ModelRecipe model, int context) {
    Marks marks = new Marks(tokenizer);
    boolean framed = model instanceof TransformerRecipe;
    return new WordReading(
        new SplitWords(tokenizer),
        framed ? marks.before() : NOTHING,
        framed ? marks.after() : NOTHING,
        Math.min(model.context(), context));
  }

  /**
   * As a stored model reads: as its recipe had it, or, where none lies there, with what its
   * tokenizer puts around texts.
   *
   * @param context the longest text that the model reads
   */
  static WordReading stored(Path folder, Tokenizer tokenizer, int context) {
    Optional<Recipe> recipe = Checkpoints.recipe(folder);
    if (recipe.isPresent()) {
      return of(tokenizer, recipe.get().model(), context);
    }
    Encoding probe = tokenizer.encode("a");
    int[] ids = probe.ids();
    int[] special = probe.specialTokensMask();
    int first = (int) Arrays.stream(special).takeWhile(mark -> mark == 1).count();
    int last = special.length;
    while (last > first && special[last - 1] == 1) {
      last--;
    }
    return new WordReading(
        new SplitWords(tokenizer),
        Arrays.copyOf(ids, first),
        Arrays.copyOfRange(ids, last, ids.length),
        context);
  }

  /** The windows of each sentence; none of one that the tokenizer knows nothing of. */
  List<List<WordWindow>> windows(List<? extends List<String>> sentences) {
    return split.pieces(sentences).stream().map(this::cut).toList();
  }

  private List<WordWindow> cut(List<int[]> pieces) {
    int room = Math.max(1, length - before.length - after.length);
    List<WordWindow> windows = new ArrayList<>();
    int from = 0;
    while (from < pieces.size()) {
      int to = from + 1;
      int used = pieces.get(from).length;
      while (to < pieces.size() && used + pieces.get(to).length <= room) {
        used += pieces.get(to++).length;
      }
      window(pieces, from, to, Math.min(used, room)).ifPresent(windows::add);
      from = to;
    }
    return windows;
  }

  private Optional<WordWindow> window(List<int[]> pieces, int from, int to, int tokens) {
    int[] words = new int[before.length + tokens + after.length];
    Arrays.fill(words, WordWindow.NONE);
    int begin = 0;
    for (int word = from; word < to; word++) {
      int first = split.first(pieces.get(word));
      if (first >= 0 && begin + first < tokens) {
        words[before.length + begin + first] = word;
      }
      begin += pieces.get(word).length;
    }
    if (Arrays.stream(words).allMatch(word -> word == WordWindow.NONE)) {
      return Optional.empty();
    }
    IntStream own = pieces.subList(from, to).stream().flatMapToInt(Arrays::stream).limit(tokens);
    int[] ids =
        IntStream.concat(Arrays.stream(before), IntStream.concat(own, Arrays.stream(after)))
            .toArray();
    return Optional.of(new WordWindow(ids, words));
  }
}
