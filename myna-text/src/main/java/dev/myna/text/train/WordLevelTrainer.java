package dev.myna.text.train;

import dev.myna.Progress;
import dev.myna.text.model.Model;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Learns a vocabulary of whole words: special tokens, then words by falling frequency, and in the
 * order of their text where equally frequent.
 *
 * @param unknown the token of all other words, one of the special tokens
 */
public record WordLevelTrainer(VocabularyOptions options, String unknown)
    implements TokenizerTrainer {

  public WordLevelTrainer {
    Requirements.unknownIsSpecial(unknown, options);
  }

  @Override
  public WordLevelTrainer withOptions(VocabularyOptions options) {
    return new WordLevelTrainer(options, unknown);
  }

  @Override
  public Model learn(WordCounts words, int threads, Progress progress) {
    return LearnedModel.read(json(words));
  }

  ObjectNode json(WordCounts words) {
    List<String> tokens = new ArrayList<>(options.specialTokens());
    Set<String> known = new HashSet<>(tokens);
    IntStream.of(words.sorted())
        .boxed()
        .sorted(
            Comparator.comparingLong(
                word -> -words.count(word))) // stable: ties keep the text's order
        .takeWhile(word -> words.count(word) >= options.minimumFrequency())
        .map(words::word)
        .filter(known::add)
        .limit(Math.max(0, options.size() - tokens.size()))
        .forEach(tokens::add);
    return LearnedModel.ofTokens("WordLevel", tokens).put("unk_token", unknown);
  }
}
