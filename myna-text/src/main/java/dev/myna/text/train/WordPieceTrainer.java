package dev.myna.text.train;

import dev.myna.Progress;
import dev.myna.text.model.Model;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Learns a WordPiece vocabulary the way Hugging Face Tokenizers does: by the merges of byte-pair
 * encoding over characters that begin with the prefix inside words.
 *
 * @param unknown the token of words that cannot be cut, one of the special tokens
 * @param continuingSubwordPrefix what a token inside a word begins with: {@code ##}
 */
public record WordPieceTrainer(
    VocabularyOptions options, String unknown, String continuingSubwordPrefix)
    implements TokenizerTrainer {
  private static final int LONGEST_WORD = 100; // characters; longer words are unknown, as in BERT

  /** As BERT: {@code [UNK]} and {@code ##}. */
  public static WordPieceTrainer of(VocabularyOptions options) {
    return new WordPieceTrainer(options, "[UNK]", "##");
  }

  public WordPieceTrainer {
    Requirements.unknownIsSpecial(unknown, options);
  }

  @Override
  public WordPieceTrainer withOptions(VocabularyOptions options) {
    return new WordPieceTrainer(options, unknown, continuingSubwordPrefix);
  }

  @Override
  public Model learn(WordCounts words, int threads, Progress progress) {
    return LearnedModel.read(json(words, progress));
  }

  ObjectNode json(WordCounts words, Progress progress) {
    LearnedMerges learned =
        LearnedMerges.learn(
            words,
            options,
            List.of(),
            continuingSubwordPrefix,
            "",
            TieBreak.LOWEST_IDS,
            BpeTrainer::bytes,
            progress);
    return LearnedModel.ofTokens("WordPiece", learned.tokens())
        .put("unk_token", unknown)
        .put("continuing_subword_prefix", continuingSubwordPrefix)
        .put("max_input_chars_per_word", LONGEST_WORD);
  }
}
