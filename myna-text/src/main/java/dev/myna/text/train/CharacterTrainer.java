package dev.myna.text.train;

import dev.myna.Progress;
import dev.myna.text.model.Bpe;
import dev.myna.text.model.BpeOptions;
import dev.myna.text.model.Vocabulary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Learns the characters of a text: special tokens first, then the characters in the order of their
 * code points, the rarest left out where the vocabulary's size or its alphabet limit asks for it.
 *
 * @param unknown the token for characters outside the vocabulary, one of the special tokens; null
 *     drops such characters
 */
public record CharacterTrainer(VocabularyOptions options, @Nullable String unknown)
    implements TokenizerTrainer {

  @Override
  public CharacterTrainer withOptions(VocabularyOptions options) {
    return new CharacterTrainer(options, unknown);
  }

  @Override
  public Bpe learn(WordCounts words, int threads, Progress progress) {
    int room = Math.max(0, options.size() - options.specialTokens().size());
    SymbolTable symbols = new SymbolTable();
    options.specialTokens().forEach(token -> symbols.idOf(token));
    Alphabet.of(words, options.initialAlphabet(), Math.min(options.alphabetLimit(), room))
        .forEach(token -> symbols.idOf(token));
    return new Bpe(
        Vocabulary.of(symbols.tokens()), List.of(), BpeOptions.PLAIN.withUnknown(unknown));
  }
}
