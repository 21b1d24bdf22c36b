package dev.myna.train;

import dev.myna.Progress;
import dev.myna.text.Tokenizer;
import dev.myna.text.corpus.Corpus;
import dev.myna.text.corpus.Preparation;
import dev.myna.text.corpus.Prepared;
import dev.myna.text.corpus.Split;
import dev.myna.text.train.TokenizerSpec;
import dev.myna.text.train.VocabularyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A small text as tokens on disk, a character each.
 *
 * @param vocabulary of its tokenizer
 */
record PreparedText(Prepared prepared, int vocabulary) {
  static PreparedText in(Path folder) throws IOException {
    Path text = folder.resolve("text.txt");
    Files.writeString(text, "the bird sat on the tree and the tree sang to the bird. ".repeat(60));
    Corpus corpus = Corpus.of(List.of(text.toString()));
    Tokenizer tokenizer;
    try (var texts = corpus.texts()) {
      tokenizer =
          TokenizerSpec.characters(VocabularyOptions.ofSize(100), null)
              .learn(texts::iterator, Progress.NONE);
    }
    Prepared prepared =
        Preparation.prepare(
            corpus, tokenizer, Split.fraction(0.1), folder.resolve("tokens"), Progress.NONE);
    return new PreparedText(prepared, tokenizer.vocabularySize());
  }
}
