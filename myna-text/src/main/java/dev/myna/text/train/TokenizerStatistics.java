package dev.myna.text.train;

import dev.myna.Progress;
import dev.myna.text.AddedToken;
import dev.myna.text.Tokenizer;
import dev.myna.text.model.Bpe;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a tokenizer makes of texts: the figures by which tokenizers and vocabulary sizes are
 * compared.
 *
 * @param texts number of texts
 * @param words runs of characters without white space
 * @param bytes bytes of the texts in UTF-8
 * @param tokens ids that the texts became, without special tokens around them
 * @param unknown those of them that stand for something unknown
 * @param used different ids among them
 * @param vocabulary ids that the tokenizer has
 * @param nanoseconds time that encoding took, on one thread
 */
public record TokenizerStatistics(
    long texts,
    long words,
    long bytes,
    long tokens,
    long unknown,
    int used,
    int vocabulary,
    long nanoseconds) {
  private static final Set<String> UNKNOWN = Set.of("<unk>", "[UNK]", "<UNK>", "[unk]");

  /** Encodes texts and measures. */
  public static TokenizerStatistics of(Tokenizer tokenizer, Iterable<String> texts) {
    Count count = new Count(tokenizer);
    texts.forEach(count::add);
    return count.statistics();
  }

  /** The same apart for each script; a text belongs to the one that most of its letters are of. */
  public static Map<UnicodeScript, TokenizerStatistics> byScript(
      Tokenizer tokenizer, Iterable<String> texts) {
    Map<UnicodeScript, Count> counts = new EnumMap<>(UnicodeScript.class);
    for (String text : texts) {
      counts.computeIfAbsent(script(text), s -> new Count(tokenizer)).add(text);
    }
    Map<UnicodeScript, TokenizerStatistics> statistics = new EnumMap<>(UnicodeScript.class);
    counts.forEach((script, count) -> statistics.put(script, count.statistics()));
    return statistics;
  }

  /**
   * Learns vocabularies of several sizes and measures each on other texts.
   *
   * @param sizes vocabulary sizes, in the order of the result
   */
  public static List<TokenizerStatistics> sweep(
      TokenizerSpec spec,
      Iterable<String> training,
      Iterable<String> heldOut,
      List<Integer> sizes,
      int threads,
      Progress progress) {
    WordCounts words = spec.count(training, threads, progress);
    List<TokenizerStatistics> all = new ArrayList<>();
    for (int size : sizes) {
      VocabularyOptions options = spec.trainer().options().withSize(size);
      TokenizerSpec sized = spec.withTrainer(spec.trainer().withOptions(options));
      all.add(of(sized.learn(words, threads, progress), heldOut));
    }
    return all;
  }

  public double tokensPerWord() {
    return (double) tokens / Math.max(1, words);
  }

  public double tokensPerByte() {
    return (double) tokens / Math.max(1, bytes);
  }

  /** Share of unknown tokens among all, 0 to 1. */
  public double unknownRate() {
    return (double) unknown / Math.max(1, tokens);
  }

  /** Share of the vocabulary that the texts use, 0 to 1. */
  public double vocabularyShare() {
    return (double) used / Math.max(1, vocabulary);
  }

  /** Millions of bytes encoded in a second. */
  public double megabytesPerSecond() {
    return bytes * 1e3 / Math.max(1, nanoseconds);
  }

  private static UnicodeScript script(String text) {
    Map<UnicodeScript, Integer> letters = new EnumMap<>(UnicodeScript.class);
    text.codePoints()
        .filter(Character::isLetter)
        .forEach(c -> letters.merge(UnicodeScript.of(c), 1, Integer::sum));
    return letters.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(UnicodeScript.COMMON);
  }

  /** Figures in the making. */
  private static final class Count {
    private final Tokenizer tokenizer;
    private final BitSet seen = new BitSet();
    private final BitSet unknowns = new BitSet();
    private long texts;
    private long words;
    private long bytes;
    private long tokens;
    private long unknown;
    private long nanoseconds;

    private Count(Tokenizer tokenizer) {
      this.tokenizer = tokenizer;
      if (tokenizer.model() instanceof Bpe bpe && bpe.options().unknown() != null) {
        tokenizer.id(bpe.options().unknown()).ifPresent(unknowns::set);
      }
      tokenizer.addedTokens().stream()
          .filter(token -> UNKNOWN.contains(token.content()))
          .mapToInt(AddedToken::id)
          .forEach(unknowns::set);
    }

    private void add(String text) {
      long start = System.nanoTime();
      int[] ids = tokenizer.ids(text);
      nanoseconds += System.nanoTime() - start;
      texts++;
      tokens += ids.length;
      for (int id : ids) {
        seen.set(id);
        unknown += unknowns.get(id) ? 1 : 0;
      }
      boolean inWord = false;
      for (int i = 0; i < text.length(); ) {
        int c = text.codePointAt(i);
        boolean space = Character.isWhitespace(c) || Character.isSpaceChar(c);
        words += !space && !inWord ? 1 : 0;
        inWord = !space;
        bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        i += Character.charCount(c);
      }
    }

    private TokenizerStatistics statistics() {
      return new TokenizerStatistics(
          texts,
          words,
          bytes,
          tokens,
          unknown,
          seen.cardinality(),
          tokenizer.vocabularySize(),
          nanoseconds);
    }
  }
}
