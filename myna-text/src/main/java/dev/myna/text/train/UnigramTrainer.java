package dev.myna.text.train;

import dev.myna.Progress;
import dev.myna.text.model.Model;
import dev.myna.text.train.UnigramLearner.Piece;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Learns a unigram language model of pieces (Kudo, 2018), as SentencePiece does.
 *
 * @param unknown the token of characters outside the vocabulary, one of the special tokens
 * @param maximumPieceLength characters of the longest piece
 * @param seedSize pieces to begin with
 * @param subIterations steps of expectation maximisation between two prunings
 * @param shrinkingFactor share of the pieces that a pruning keeps
 * @param byteFallback takes the 256 tokens {@code <0x00>} to {@code <0xFF>} in after the special
 *     ones, for characters outside the vocabulary
 */
public record UnigramTrainer(
    VocabularyOptions options,
    String unknown,
    int maximumPieceLength,
    int seedSize,
    int subIterations,
    double shrinkingFactor,
    boolean byteFallback)
    implements TokenizerTrainer {

  /** SentencePiece's settings: pieces of 16 characters, a million seeds, two steps, 0.75. */
  public static UnigramTrainer of(VocabularyOptions options, String unknown) {
    return new UnigramTrainer(options, unknown, 16, 1_000_000, 2, 0.75, false);
  }

  public UnigramTrainer {
    Requirements.unknownIsSpecial(unknown, options);
    if (maximumPieceLength < 1 || seedSize < 1 || subIterations < 1) {
      throw new IllegalArgumentException(
          "maximum piece length, seed size and sub-iterations must be at least 1");
    }
    if (!(shrinkingFactor > 0 && shrinkingFactor < 1)) {
      throw new IllegalArgumentException(
          "shrinking factor must lie between 0 and 1, but is " + shrinkingFactor);
    }
  }

  @Override
  public UnigramTrainer withOptions(VocabularyOptions options) {
    return new UnigramTrainer(
        options,
        unknown,
        maximumPieceLength,
        seedSize,
        subIterations,
        shrinkingFactor,
        byteFallback);
  }

  @Override
  public Model learn(WordCounts words, int threads, Progress progress) {
    return LearnedModel.read(json(words, threads, progress));
  }

  ObjectNode json(WordCounts words, int threads, Progress progress) {
    ObjectNode model = JsonMapper.shared().createObjectNode().put("type", "Unigram");
    model.put("unk_id", options.specialTokens().indexOf(unknown));
    ArrayNode vocabulary = model.putArray("vocab");
    options.specialTokens().forEach(token -> vocabulary.addArray().add(token).add(0.0));
    List<String> bytes = byteFallback ? BpeTrainer.byteTokens() : List.of();
    bytes.forEach(token -> vocabulary.addArray().add(token).add(0.0));
    for (Piece piece :
        UnigramLearner.learn(words, options.size() - vocabulary.size(), this, threads, progress)) {
      vocabulary.addArray().add(piece.text()).add(piece.score());
    }
    return model.put("byte_fallback", byteFallback);
  }
}
