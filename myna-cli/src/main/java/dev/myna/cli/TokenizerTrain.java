package dev.myna.cli;

import dev.myna.text.Tokenizer;
import dev.myna.text.corpus.Corpus;
import dev.myna.text.corpus.CorpusException;
import dev.myna.text.train.TokenizerSpec;
import dev.myna.text.train.VocabularyOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Learns a tokenizer from texts of any size. */
@Command(
    name = "train",
    description = "Learn a tokenizer from texts and write it as a Hugging Face tokenizer.json.",
    footer = "  myna tokenizer train bundled:tiny-shakespeare --vocabulary 1000 --out will")
final class TokenizerTrain extends Work {
  /** What can be learned. */
  enum Kind {
    bpe,
    characters
  }

  @Parameters(
      arity = "1..*",
      paramLabel = "TEXT",
      description = "Files, folders or globs; .gz is unpacked, .jsonl read by its field.")
  List<String> texts = new ArrayList<>();

  @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "Where it goes.")
  Path folder = Path.of("");

  @Option(
      names = "--kind",
      defaultValue = "bpe",
      description = "One of ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} if left out.")
  Kind kind = Kind.bpe;

  @Option(
      names = {"--vocabulary", "--vocabulary-size"},
      paramLabel = "N",
      defaultValue = "4000",
      description = "Tokens in all, ${DEFAULT-VALUE} if left out; characters: all there are.")
  int vocabulary = 4000;

  @Option(
      names = "--minimum-frequency",
      paramLabel = "N",
      defaultValue = "2",
      description = "Pairs seen less often are not merged; ${DEFAULT-VALUE} if left out.")
  long minimumFrequency = 2;

  @Option(
      names = "--special",
      paramLabel = "TOKEN",
      description = "A token that stands for itself, such as <|endoftext|>; may be repeated.")
  List<String> special = new ArrayList<>();

  @Option(
      names = "--field",
      paramLabel = "NAME",
      defaultValue = "text",
      description = "Field of a .jsonl line; ${DEFAULT-VALUE} if left out.")
  String field = "text";

  @Override
  int run(Output out, Figures figures) {
    Corpus corpus = Corpus.of(texts, field);
    if (corpus.bytes() == 0) {
      throw new CorpusException("There is no text to learn from in " + texts + "; name others.");
    }
    int size = kind == Kind.characters ? Integer.MAX_VALUE : vocabulary;
    VocabularyOptions options =
        VocabularyOptions.ofSize(size)
            .withSpecialTokens(special)
            .withMinimumFrequency(minimumFrequency);
    TokenizerSpec spec =
        switch (kind) {
          case bpe -> TokenizerSpec.byteLevelBpe(options);
          case characters -> TokenizerSpec.characters(options, null);
        };
    long start = System.nanoTime();
    Tokenizer tokenizer;
    try (Stream<String> stream = corpus.texts()) {
      tokenizer = spec.learn(stream::iterator, out.progress());
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    tokenizer.save(folder);
    figures.put("vocabulary_size", tokenizer.vocabularySize());
    figures.put("text_bytes", corpus.bytes());
    figures.put("learning_seconds", seconds);
    figures.put("tokenizer", folder.toString());
    out.line(
        "%,d tokens learned from %,d bytes in %s",
        tokenizer.vocabularySize(), corpus.bytes(), ProgressBar.time(seconds));
    out.line("tokenizer  %s", folder.resolve("tokenizer.json"));
    return Myna.DONE;
  }
}
