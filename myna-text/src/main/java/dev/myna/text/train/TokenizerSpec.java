package dev.myna.text.train;

import dev.myna.Progress;
import dev.myna.text.AddedToken;
import dev.myna.text.Tokenizer;
import dev.myna.text.decode.Decoder;
import dev.myna.text.decode.FuseDecoder;
import dev.myna.text.model.Model;
import dev.myna.text.normalize.ByteAlphabet;
import dev.myna.text.normalize.Normalizer;
import dev.myna.text.process.PostProcessor;
import dev.myna.text.split.PreTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A tokenizer to be learned: the stages around the model, and the way to learn the model.
 *
 * @param normalizer rewrites texts first, or null
 * @param preTokenizer cuts them into the words that are counted, or null for whole texts
 * @param postProcessor puts special tokens around texts, or null
 * @param decoder makes text of tokens, or null
 * @param trainer learns the model
 * @param cutAtSpecialTokens leaves special tokens that stand in the texts out of the words, and
 *     cuts the texts there
 */
public record TokenizerSpec(
    @Nullable Normalizer normalizer,
    @Nullable PreTokenizer preTokenizer,
    @Nullable PostProcessor postProcessor,
    @Nullable Decoder decoder,
    TokenizerTrainer trainer,
    boolean cutAtSpecialTokens) {

  /** Byte-level BPE as in GPT-2: no unknown characters; all 256 bytes are in the vocabulary. */
  public static TokenizerSpec byteLevelBpe(VocabularyOptions options) {
    return TokenizerPreset.BPE.spec(options);
  }

  /** Single characters; those that the text lacks become {@code unknown}, or vanish where null. */
  public static TokenizerSpec characters(VocabularyOptions options, @Nullable String unknown) {
    return new TokenizerSpec(
        null, null, null, new FuseDecoder(), new CharacterTrainer(options, unknown), false);
  }

  /** The same with another way of learning. */
  public TokenizerSpec withTrainer(TokenizerTrainer trainer) {
    return new TokenizerSpec(
        normalizer, preTokenizer, postProcessor, decoder, trainer, cutAtSpecialTokens);
  }

  /** The same with texts cut at special tokens, or not. */
  public TokenizerSpec withCutAtSpecialTokens(boolean cut) {
    return new TokenizerSpec(normalizer, preTokenizer, postProcessor, decoder, trainer, cut);
  }

  /** Learns on all cores. */
  public Tokenizer learn(Iterable<String> texts, Progress progress) {
    return learn(texts, Runtime.getRuntime().availableProcessors(), progress);
  }

  /**
   * Learns the tokenizer. Texts are read once, in order, and not kept; interrupting the thread ends
   * the work.
   *
   * @param texts each is cut on its own: no word reaches from one into the next
   * @param threads how many threads work; the tokenizer is the same for any number
   * @throws java.util.concurrent.CancellationException where the calling thread is interrupted
   */
  public Tokenizer learn(Iterable<String> texts, int threads, Progress progress) {
    return learn(count(texts, threads, progress), threads, progress);
  }

  /** Learns from words that were counted before. */
  Tokenizer learn(WordCounts words, int threads, Progress progress) {
    return around(trainer.learn(words, threads, progress));
  }

  /** Cuts texts into words and counts them. */
  WordCounts count(Iterable<String> texts, int threads, Progress progress) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, but is " + threads);
    }
    List<String> special = trainer.options().specialTokens();
    Supplier<PieceCounter> counters =
        cutAtSpecialTokens && !special.isEmpty()
            ? () -> new CuttingCounter(special, PieceCounter.of(normalizer, preTokenizer))
            : () -> PieceCounter.of(normalizer, preTokenizer);
    return WordCounter.count(texts, counters, threads, progress);
  }

  private Tokenizer around(Model model) {
    List<AddedToken> added = new ArrayList<>();
    for (String token : trainer.options().specialTokens()) {
      added.add(AddedToken.special(token, model.vocabulary().id(token)));
    }
    return Tokenizer.builder()
        .normalizer(normalizer)
        .preTokenizer(preTokenizer)
        .postProcessor(postProcessor)
        .decoder(decoder)
        .model(model)
        .addedTokens(added)
        .build();
  }

  /** The 256 characters of the byte alphabet. */
  static String byteAlphabet() {
    StringBuilder alphabet = new StringBuilder();
    for (int b = 0; b < 256; b++) {
      alphabet.append(ByteAlphabet.charOf(b));
    }
    return alphabet.toString();
  }
}
