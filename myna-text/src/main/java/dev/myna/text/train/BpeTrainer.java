package dev.myna.text.train;

import dev.myna.Progress;
import dev.myna.text.model.Bpe;
import dev.myna.text.model.BpeOptions;
import dev.myna.text.model.Merge;
import dev.myna.text.model.Vocabulary;
import dev.myna.text.normalize.ByteAlphabet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Learns byte-pair encoding (Sennrich et al., 2016). Vocabulary and merges equal those of the BPE
 * trainer of Hugging Face Tokenizers from the same words.
 *
 * @param unknown the token for characters outside the vocabulary; null where there is none
 * @param continuingSubwordPrefix what stands before every character but a word's first, or null
 * @param endOfWordSuffix what stands after a word's last character, or null
 * @param byteFallback takes the 256 tokens {@code <0x00>} to {@code <0xFF>} in after the special
 *     ones, for characters outside the vocabulary
 * @param ties which of two equally frequent pairs is merged first
 */
public record BpeTrainer(
    VocabularyOptions options,
    @Nullable String unknown,
    @Nullable String continuingSubwordPrefix,
    @Nullable String endOfWordSuffix,
    boolean byteFallback,
    TieBreak ties)
    implements TokenizerTrainer {

  /** Without unknown token, prefix or suffix. */
  public static BpeTrainer of(VocabularyOptions options) {
    return new BpeTrainer(options, null, null, null, false, TieBreak.LOWEST_IDS);
  }

  @Override
  public BpeTrainer withOptions(VocabularyOptions options) {
    return new BpeTrainer(
        options, unknown, continuingSubwordPrefix, endOfWordSuffix, byteFallback, ties);
  }

  /** The same with {@code ties} broken otherwise. */
  public BpeTrainer withTies(TieBreak ties) {
    return new BpeTrainer(
        options, unknown, continuingSubwordPrefix, endOfWordSuffix, byteFallback, ties);
  }

  /**
   * The same as SentencePiece has it: the 256 bytes are in the vocabulary for characters outside
   * it, and what they cannot spell is one unknown token.
   */
  public BpeTrainer withByteFallback(String unknown) {
    return new BpeTrainer(options, unknown, continuingSubwordPrefix, endOfWordSuffix, true, ties);
  }

  @Override
  public Bpe learn(WordCounts words, int threads, Progress progress) {
    LearnedMerges learned =
        LearnedMerges.learn(
            words,
            options,
            byteFallback ? byteTokens() : List.of(),
            continuingSubwordPrefix == null ? "" : continuingSubwordPrefix,
            endOfWordSuffix == null ? "" : endOfWordSuffix,
            ties,
            BpeTrainer::bytes,
            progress);
    BpeOptions model =
        new BpeOptions(
            null,
            unknown,
            continuingSubwordPrefix,
            endOfWordSuffix,
            byteFallback,
            byteFallback,
            false);
    return new Bpe(Vocabulary.of(learned.tokens()), merges(learned), model);
  }

  /** The merges without repetition; of equal ones the last counts, as for a reader of the file. */
  private static List<Merge> merges(LearnedMerges learned) {
    Set<Merge> merges = new LinkedHashSet<>();
    for (MergeLearner.Merge merge : learned.merges()) {
      Merge pair =
          new Merge(learned.tokens().get(merge.left()), learned.tokens().get(merge.right()));
      boolean repeated = merges.remove(pair);
      boolean added = merges.add(pair);
      assert added || repeated;
    }
    return new ArrayList<>(merges);
  }

  /** {@code <0x00>} to {@code <0xFF>}. */
  static List<String> byteTokens() {
    List<String> tokens = new ArrayList<>();
    for (int b = 0; b < 256; b++) {
      tokens.add("<0x%02X>".formatted(b));
    }
    return tokens;
  }

  /** The bytes that a token stands for: those of the byte alphabet where it is written in it. */
  static byte[] bytes(String token) {
    if (!token.chars().allMatch(c -> ByteAlphabet.byteOf(c) >= 0)) {
      return token.getBytes(StandardCharsets.UTF_8);
    }
    byte[] bytes = new byte[token.length()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ByteAlphabet.byteOf(token.charAt(i));
    }
    return bytes;
  }
}
