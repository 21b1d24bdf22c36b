package dev.myna.text.train;

import dev.myna.Progress;
import dev.myna.text.model.Model;

/** A way to learn a vocabulary from counted words, with its options. */
public sealed interface TokenizerTrainer
    permits BpeTrainer, CharacterTrainer, UnigramTrainer, WordLevelTrainer, WordPieceTrainer {

  /** Size, special tokens and limits of the vocabulary. */
  VocabularyOptions options();

  /** The same way with other options. */
  TokenizerTrainer withOptions(VocabularyOptions options);

  /**
   * Learns a model.
   *
   * @param words pieces as the pre-tokenizer gives them, counted
   * @param threads how many threads may work; the model is the same for any number
   * @throws java.util.concurrent.CancellationException where the calling thread is interrupted
   */
  Model learn(WordCounts words, int threads, Progress progress);
}
