package dev.myna.text.train;

import dev.myna.Progress;
import dev.myna.text.train.MergeLearner.Merge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;

/**
 * A vocabulary in the order of its ids, and the merges that made it in the order of their ranks.
 *
 * @param tokens token by id
 * @param merges pairs of ids that become a third
 */
record LearnedMerges(List<String> tokens, List<Merge> merges) {

  /**
   * Learns from counted words.
   *
   * @param more tokens to take in after the special ones
   * @param prefix put before every character that does not begin its word; empty for none
   * @param suffix put after the last character of a word; empty for none
   * @param bytes the bytes of a token, by which {@link TieBreak#GREATEST_BYTES} compares
   */
  static LearnedMerges learn(
      WordCounts words,
      VocabularyOptions options,
      List<String> more,
      String prefix,
      String suffix,
      TieBreak ties,
      Function<String, byte[]> bytes,
      Progress progress) {
    SymbolTable symbols = new SymbolTable();
    options.specialTokens().forEach(token -> symbols.idOf(token));
    more.forEach(token -> symbols.idOf(token));
    Alphabet.of(words, options.initialAlphabet(), options.alphabetLimit())
        .forEach(token -> symbols.idOf(token));
    SymbolText text = symbolText(words, symbols, prefix, suffix);
    MergeLearner learner =
        new MergeLearner(
            symbols,
            text,
            order(ties, symbols, bytes),
            options.minimumFrequency(),
            options.maximumTokenLength(),
            prefix);
    List<Merge> merges = learner.learn(options.size(), progress);
    return new LearnedMerges(symbols.tokens(), merges);
  }

  private static SymbolText symbolText(
      WordCounts words, SymbolTable symbols, String prefix, String suffix) {
    SymbolText text = new SymbolText();
    int[] ids = new int[64];
    for (int index : words.sorted()) {
      int[] characters = words.word(index).codePoints().toArray();
      if (characters.length > ids.length) {
        ids = new int[characters.length];
      }
      int length = 0;
      for (int i = 0; i < characters.length; i++) {
        String token = Character.toString(characters[i]);
        if (symbols.contains(token)) {
          String before = i > 0 ? prefix : "";
          String after = i == characters.length - 1 ? suffix : "";
          ids[length++] = symbols.idOf(before + token + after);
        }
      }
      if (length > 0) {
        text.add(ids, length, words.count(index));
      }
    }
    return text;
  }

  private static LongBinaryOperator order(
      TieBreak ties, SymbolTable symbols, Function<String, byte[]> bytes) {
    return switch (ties) {
      case LOWEST_IDS -> Long::compare;
      case GREATEST_BYTES -> {
        List<byte[]> known = new ArrayList<>();
        yield (a, b) -> {
          while (known.size() < symbols.size()) {
            known.add(bytes.apply(symbols.token(known.size())));
          }
          int left =
              Arrays.compareUnsigned(known.get((int) (b >>> 32)), known.get((int) (a >>> 32)));
          return left != 0 ? left : Arrays.compareUnsigned(known.get((int) b), known.get((int) a));
        };
      }
    };
  }
}
