package dev.myna.train;

import dev.myna.task.MaskedWords;
import dev.myna.text.AddedToken;
import dev.myna.text.Tokenizer;
import dev.myna.text.process.BertProcessor;
import dev.myna.text.process.PostProcessor;
import dev.myna.text.process.ProcessorSequence;
import dev.myna.text.process.SpecialToken;
import dev.myna.text.process.TemplateProcessor;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

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

  /** What stands before a text where the tokenizer has it: one token or none. */
  int[] before() {
    return find(BEGIN).stream().toArray();
  }

  /** What stands behind a text where the tokenizer has it: one token or none. */
  int[] after() {
    return find(END).stream().toArray();
  }

  /** A text between begin and end where the tokenizer has them, cut to a length. */
  int[] around(int[] ids, int length) {
    OptionalInt first = find(BEGIN);
    OptionalInt last = find(END);
    int room = Math.max(1, length - (first.isPresent() ? 1 : 0) - (last.isPresent() ? 1 : 0));
    int[] kept = ids.length > room ? Arrays.copyOf(ids, room) : ids;
    return IntStream.concat(first.stream(), IntStream.concat(Arrays.stream(kept), last.stream()))
        .toArray();
  }

  /**
   * A tokenizer that puts something around two texts: this one if it does so already, or with what
   * BERT or RoBERTa put there if it has their tokens.
   */
  Tokenizer framing() {
    boolean framed = tokenizer.postProcessor().filter(each -> each.added(true) > 0).isPresent();
    OptionalInt first = find(BEGIN);
    OptionalInt last = find(END);
    if (framed || first.isEmpty() || last.isEmpty()) {
      return tokenizer;
    }
    SpecialToken begin = new SpecialToken(tokenizer.token(first.getAsInt()), first.getAsInt());
    SpecialToken end = new SpecialToken(tokenizer.token(last.getAsInt()), last.getAsInt());
    PostProcessor frame =
        begin.token().equals("[CLS]")
            ? new BertProcessor(end, begin)
            : TemplateProcessor.of(
                "%s $A %s".formatted(begin.token(), end.token()),
                "%s $A %s %s $B %s".formatted(begin.token(), end.token(), end.token(), end.token()),
                List.of(begin, end));
    return tokenizer.toBuilder()
        .postProcessor(
            tokenizer
                .postProcessor()
                .<PostProcessor>map(before -> ProcessorSequence.of(before, frame))
                .orElse(frame))
        .build();
  }

  /**
   * What a model of a recipe reads of a text: a Transformer what stands {@link #around} it too. A
   * text without any token is one of padding.
   */
  int[] read(ModelRecipe model, int[] ids) {
    if (model instanceof TransformerRecipe) {
      return around(ids, model.context());
    }
    return ids.length == 0
        ? new int[] {padding()}
        : Arrays.copyOf(ids, Math.min(ids.length, model.context()));
  }

  /** A text and what ends it, cut to a length. */
  int[] ended(String text, int length) {
    int[] ids = tokenizer.ids(text);
    int kept = Math.min(ids.length, length - 1);
    int[] ended = Arrays.copyOf(ids, kept + 1);
    ended[kept] = end();
    return ended;
  }

  /** A text with what the tokenizer itself puts around it, cut before its last token. */
  int[] asSaved(String text, int length) {
    int[] ids = tokenizer.encode(text).ids();
    if (ids.length == 0) {
      return new int[] {padding()};
    }
    int[] kept = Arrays.copyOf(ids, Math.min(ids.length, length));
    kept[kept.length - 1] = ids[ids.length - 1];
    return kept;
  }

  /** What the tokens are, for the hiding of tokens. */
  MaskedWords words() {
    int size = tokenizer.vocabularySize();
    boolean[] marks = new boolean[size];
    tokenizer.addedTokens().stream()
        .filter(AddedToken::special)
        .forEach(token -> marks[token.id()] = true);
    List<String> tokens = IntStream.range(0, size).mapToObj(tokenizer::token).toList();
    boolean[] pieces = new boolean[size];
    for (int id = 0; id < size; id++) {
      pieces[id] = !marks[id] && goesOn(tokens, tokens.get(id));
    }
    return new MaskedWords(marks, pieces);
  }

  /** Pieces of words bear a sign, or else beginnings do, which stands for the space before. */
  private static boolean goesOn(List<String> all, String token) {
    if (all.stream().anyMatch(t -> t.startsWith("##"))) {
      return token.startsWith("##");
    }
    for (String space : List.of("\u0120", "\u2581")) {
      if (all.stream().anyMatch(t -> t.startsWith(space))) {
        return !token.startsWith(space);
      }
    }
    return false;
  }

  /** The full stop, which ends sentences. */
  int stop() {
    return need(List.of("\u0120.", "\u2581.", "."), "a full stop");
  }
}
