package dev.myna.train;

import dev.myna.text.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** The tokens of a tokenizer that stand for no text, found by the names that they usually have. */
record Marks(Tokenizer tokenizer) {
  private static final List<String> PADDING = List.of("[PAD]", "<pad>", "<|pad|>");
  private static final List<String> BEGIN = List.of("[CLS]", "<s>", "<bos>");
  private static final List<String> END = List.of("[SEP]", "</s>", "<eos>", "<|endoftext|>");
  private static final List<String> MASK = List.of("[MASK]", "<mask>");

  private OptionalInt find(List<String> names) {
    return names.stream()
        .map(tokenizer::id)
        .filter(OptionalInt::isPresent)
        .findFirst()
        .orElse(OptionalInt.empty());
  }

  private int need(List<String> names, String what) {
    return find(names)
        .orElseThrow(
            () ->
                new RecipeException(
                    "this task wants %s: put one of %s among tokenizer.special_tokens"
                        .formatted(what, names)));
  }

  /** That fills up short rows; 0 where there is none. */
  int padding() {
    return find(PADDING).orElse(0);
  }

  int needPadding() {
    return need(PADDING, "a token for padding");
  }

  int begin() {
    return need(BEGIN, "a token that begins a text");
  }

  int end() {
    return need(END, "a token that ends a text");
  }

  int mask() {
    return need(MASK, "a token that hides others");
  }

  /** Whether a token stands for no text. */
  boolean[] special(int[] ids) {
    boolean[] special = new boolean[ids.length];
    List<Integer> marks =
        tokenizer.addedTokens().stream()
            .filter(token -> token.special())
            .map(token -> token.id())
            .toList();
    for (int i = 0; i < ids.length; i++) {
      special[i] = marks.contains(ids[i]);
    }
    return special;
  }

  /** A text between begin and end where the tokenizer has them, cut to a length. */
  int[] around(int[] ids, int length) {
    OptionalInt first = find(BEGIN);
    OptionalInt last = find(END);
    int room = Math.max(1, length - (first.isPresent() ? 1 : 0) - (last.isPresent() ? 1 : 0));
    int[] kept = ids.length > room ? Arrays.copyOf(ids, room) : ids;
    return java.util.stream.IntStream.concat(
            first.stream(), java.util.stream.IntStream.concat(Arrays.stream(kept), last.stream()))
        .toArray();
  }
}
