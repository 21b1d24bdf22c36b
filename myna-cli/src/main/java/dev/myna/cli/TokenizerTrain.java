package dev.myna.cli;

import dev.myna.MynaException;
import dev.myna.Progress;
import dev.myna.text.Tokenizer;
import dev.myna.text.corpus.Corpus;
import dev.myna.text.corpus.CorpusException;
import dev.myna.text.train.Relearning;
import dev.myna.text.train.TokenizerPreset;
import dev.myna.text.train.VocabularyOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Learns a tokenizer from texts of any size. */
@Command(
    name = "train",
    description = "Learn a tokenizer from texts and write it as a Hugging Face tokenizer.json.",
    footer = "  myna tokenizer train bundled:tiny-shakespeare --vocabulary 1000 --out will")
final class TokenizerTrain extends Work {
  @Parameters(
      arity = "1..*",
      paramLabel = "TEXT",
      description = "Files, folders or globs; .gz is unpacked, .jsonl read by its field.")
  List<String> texts = new ArrayList<>();

  @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "Where it goes.")
  Path folder = Path.of("");

  @Option(
      names = {"--model", "--kind"},
      paramLabel = "KIND",
      defaultValue = "bpe",
      completionCandidates = TokenizerKinds.class,
      description =
          "One of ${COMPLETION-CANDIDATES}: byte-level pairs as in GPT-2, pairs with visible spaces"
              + " as in LLaMA, BERT's, SentencePiece's, whole words, single characters;"
              + " ${DEFAULT-VALUE} if left out.")
  String model = "bpe";

  @Option(
      names = "--like",
      paramLabel = "TOKENIZER",
      description = "Learn with the stages and the special tokens of this one, instead of --model.")
  @Nullable Path like;

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
      description = "Pairs or words seen less often are not learned; ${DEFAULT-VALUE} if left out.")
  long minimumFrequency = 2;

  @Option(
      names = "--special",
      paramLabel = "TOKEN",
      description = "A token that stands for itself, such as <|endoftext|>; may be repeated.")
  List<String> special = new ArrayList<>();

  @Option(
      names = "--initial-alphabet",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Characters to have in the vocabulary even if the texts lack them.")
  String initialAlphabet = "";

  @Option(
      names = "--alphabet-limit",
      paramLabel = "N",
      description = "Most characters to keep, the rarest go; all of them if left out.")
  int alphabetLimit = Integer.MAX_VALUE;

  @Option(
      names = "--maximum-token-length",
      paramLabel = "N",
      description = "No token gets longer than so many characters; any length if left out.")
  int maximumTokenLength = Integer.MAX_VALUE;

  @Option(
      names = "--field",
      paramLabel = "NAME",
      defaultValue = "text",
      description = "Field of a .jsonl line; ${DEFAULT-VALUE} if left out.")
  String field = "text";

  @Override
  int run(Output out, Figures figures) {
    Corpus corpus = Corpus.of(texts, field);
    TokenizerPreset preset = TokenizerKinds.preset(model);
    VocabularyOptions options = options(preset);
    long start = System.nanoTime();
    Tokenizer tokenizer;
    LongAdder characters = new LongAdder();
    try (Stream<String> stream = corpus.texts().peek(text -> characters.add(text.length()))) {
      tokenizer = learn(preset, options, stream::iterator, out.progress());
    }
    if (characters.sum() == 0) {
      throw new CorpusException("There is no text to learn from in " + texts + "; name others.");
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
    if (options.size() < tokenizer.vocabularySize()) {
      out.note(
          "%,d tokens were wanted; the alphabet and the special tokens alone are more"
              .formatted(options.size()));
    }
    out.line("tokenizer  %s", folder.resolve("tokenizer.json"));
    return Myna.DONE;
  }

  private VocabularyOptions options(TokenizerPreset preset) {
    if (minimumFrequency < 1) {
      throw new MynaException("--minimum-frequency must be at least 1, found " + minimumFrequency);
    }
    boolean characters = preset == TokenizerPreset.CHARACTERS && like == null;
    try {
      return new VocabularyOptions(
          characters ? Integer.MAX_VALUE : vocabulary,
          minimumFrequency,
          special,
          initialAlphabet,
          alphabetLimit,
          maximumTokenLength);
    } catch (IllegalArgumentException e) {
      throw new MynaException(String.valueOf(e.getMessage()), e);
    }
  }

  private Tokenizer learn(
      TokenizerPreset preset,
      VocabularyOptions options,
      Iterable<String> texts,
      Progress progress) {
    if (like == null) {
      return preset.spec(options).learn(texts, progress);
    }
    int threads = Runtime.getRuntime().availableProcessors();
    return Relearning.like(TokenizerCommand.load(like), texts, options, threads, progress);
  }
}
