package dev.myna.cli;

import dev.myna.MynaException;
import dev.myna.Progress;
import dev.myna.text.vectors.FastText;
import dev.myna.text.vectors.FastTextConfig;
import dev.myna.text.vectors.GloVe;
import dev.myna.text.vectors.GloVeConfig;
import dev.myna.text.vectors.Phrases;
import dev.myna.text.vectors.PlainWords;
import dev.myna.text.vectors.TrainingSettings;
import dev.myna.text.vectors.VectorsException;
import dev.myna.text.vectors.Word2Vec;
import dev.myna.text.vectors.Word2VecConfig;
import dev.myna.text.vectors.WordVectorFile;
import dev.myna.text.vectors.WordVectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Learns word vectors, or a fastText classifier, from a text file. */
@Command(
    name = "train",
    description = "Learn word vectors from a text of words parted by spaces, a sentence a line.",
    footer = "  myna vectors train text.txt --words --lower-case --out words.vec")
final class VectorsTrain extends Work {
  /** The model and how it learns. */
  enum Kind {
    SKIP_GRAM,
    CBOW,
    GLOVE,
    FASTTEXT,
    FASTTEXT_CBOW,
    SUPERVISED
  }

  private static final String WORDS = "words.txt";
  private static final String PHRASES = "phrases.txt";

  @Parameters(paramLabel = "TEXT", description = "UTF-8 text; .gz is unpacked.")
  Path text = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      order = 1,
      description =
          "Where the vectors go: .bin for binary, else text; fastText writes a .bin model.")
  Path target = Path.of("");

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      order = 2,
      description = "One of ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  Kind kind = Kind.SKIP_GRAM;

  @Option(names = "--dimension", order = 3, description = "Floats a word (${DEFAULT-VALUE}).")
  int dimension = 100;

  @Option(names = "--window", order = 4, description = "Words to each side (5; GloVe 10).")
  @Nullable Integer window;

  @Option(
      names = "--min-count",
      order = 5,
      description = "Leave rarer words out (5; supervised 1).")
  @Nullable Integer minCount;

  @Option(names = "--negative", order = 6, description = "Negative samples (${DEFAULT-VALUE}).")
  int negative = 5;

  @Option(
      names = "--hierarchical-softmax",
      order = 7,
      description = "Use a Huffman tree in place of negative samples or softmax.")
  boolean hierarchicalSoftmax;

  @Option(names = "--sample", order = 8, description = "Thin out more frequent words than this.")
  @Nullable Double sample;

  @Option(names = "--epochs", order = 9, description = "Passes over the text (5; GloVe 25).")
  @Nullable Integer epochs;

  @Option(names = "--rate", order = 10, description = "Learning rate at the start.")
  @Nullable Double rate;

  @Option(names = "--threads", order = 11, description = "Threads (all processors).")
  int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--seed",
      order = 12,
      description = "Seed; with one thread the result is the same every time (${DEFAULT-VALUE}).")
  long seed = 1;

  @Option(names = "--words", order = 13, description = "Split running text into words first.")
  boolean words;

  @Option(names = "--lower-case", order = 14, description = "Write all words small first.")
  boolean lowerCase;

  @Option(
      names = "--phrases",
      paramLabel = "THRESHOLD",
      order = 15,
      description = "Join words that stand together more often than this score (100 is usual).")
  @Nullable Double phrases;

  @Option(
      names = "--ngrams",
      paramLabel = "MIN,MAX",
      split = ",",
      arity = "1",
      order = 16,
      description = "fastText: lengths of character n-grams (3,6; supervised 0,0).")
  int @Nullable [] ngrams;

  @Option(
      names = "--word-ngrams",
      order = 17,
      description = "Supervised: longest word n-gram (${DEFAULT-VALUE}).")
  int wordNGrams = 1;

  @Option(names = "--buckets", order = 18, description = "fastText: rows that n-grams share.")
  int buckets = 2_000_000;

  @Option(
      names = "--program",
      order = 19,
      description =
          "fastText: draw negative samples by the square root of frequency and take the end of a"
              + " line for a word, as fastText's own program does; without it by the power 0.75"
              + " and not, as word2vec and gensim.")
  boolean program;

  @Spec @Nullable CommandSpec command;

  @Override
  int run(Output out, Figures figures) throws IOException {
    checkOptions();
    Progress progress = out.progress();
    Path folder = Files.createTempDirectory("myna-vectors");
    try {
      Path prepared = prepare(folder, progress);
      long start = System.nanoTime();
      WordVectors vectors = learn(prepared, progress);
      double seconds = (System.nanoTime() - start) / 1e9;
      figures.put("words", vectors.size());
      figures.put("dimension", vectors.dimension());
      figures.put("text_words", vectors.vocabulary().total());
      figures.put("learning_seconds", seconds);
      out.line(
          "%s: %,d words of %d dimensions from %,d words of text in %.1f s",
          target, vectors.size(), vectors.dimension(), vectors.vocabulary().total(), seconds);
      return Myna.DONE;
    } catch (VectorsException e) {
      throw ofText(e, folder);
    } finally {
      delete(folder);
    }
  }

  /** Refuses what would be dropped in silence. */
  private void checkOptions() {
    List<String> idle =
        switch (kind) {
          case SKIP_GRAM, CBOW -> List.of("--ngrams", "--word-ngrams", "--buckets", "--program");
          case GLOVE ->
              List.of(
                  "--negative",
                  "--hierarchical-softmax",
                  "--sample",
                  "--ngrams",
                  "--word-ngrams",
                  "--buckets",
                  "--program");
          case FASTTEXT, FASTTEXT_CBOW -> List.of("--word-ngrams");
          case SUPERVISED -> List.of("--window", "--negative", "--sample", "--program");
        };
    for (String option : idle) {
      if (command != null && command.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new MynaException(
            "%s is no option of --kind %s; leave it out or choose another kind"
                .formatted(option, kind));
      }
    }
  }

  /** What is said of a text prepared aside is true of the text itself, whose lines are the same. */
  private VectorsException ofText(VectorsException e, Path folder) {
    String said = String.valueOf(e.getMessage());
    for (String name : List.of(WORDS, PHRASES)) {
      said = said.replace(folder.resolve(name).toString(), text.toString());
    }
    return new VectorsException(said, e);
  }

  private Path prepare(Path folder, Progress progress) throws IOException {
    Path prepared = text;
    if (words || lowerCase || text.toString().endsWith(".gz")) {
      prepared = folder.resolve(WORDS);
      PlainWords.write(text, prepared, words, lowerCase, progress);
    }
    if (phrases != null) {
      Path joined = folder.resolve(PHRASES);
      Phrases.learn(prepared, 5, phrases, progress).apply(prepared, joined, progress);
      prepared = joined;
    }
    return prepared;
  }

  private WordVectors learn(Path prepared, Progress progress) throws IOException {
    return switch (kind) {
      case SKIP_GRAM ->
          write(Word2Vec.train(prepared, word2vec(Word2VecConfig.skipGram()), progress));
      case CBOW -> write(Word2Vec.train(prepared, word2vec(Word2VecConfig.cbow()), progress));
      case GLOVE -> write(GloVe.train(prepared, glove(), progress));
      case FASTTEXT ->
          write(FastText.train(prepared, fastText(FastTextConfig.skipGram()), progress));
      case FASTTEXT_CBOW ->
          write(FastText.train(prepared, fastText(FastTextConfig.cbow()), progress));
      case SUPERVISED ->
          write(FastText.train(prepared, fastText(FastTextConfig.supervised()), progress));
    };
  }

  private WordVectors write(WordVectors vectors) throws IOException {
    if (target.toString().endsWith(".bin")) {
      WordVectorFile.writeBinary(vectors, target);
    } else {
      WordVectorFile.writeText(vectors, target);
    }
    return vectors;
  }

  private WordVectors write(FastText model) throws IOException {
    WordVectors vectors = model.wordVectors();
    if (target.toString().endsWith(".bin")) {
      model.save(target);
    } else {
      WordVectorFile.writeText(vectors, target);
    }
    return vectors;
  }

  private TrainingSettings settings(TrainingSettings standard) {
    return new TrainingSettings(
        epochs == null ? standard.epochs() : epochs,
        rate == null ? standard.rate() : rate,
        threads,
        seed);
  }

  private Word2VecConfig word2vec(Word2VecConfig standard) {
    Word2VecConfig.Output output =
        hierarchicalSoftmax
            ? new Word2VecConfig.Output.HierarchicalSoftmax()
            : new Word2VecConfig.Output.Negative(negative);
    return new Word2VecConfig(
        standard.context(),
        output,
        dimension,
        window == null ? standard.window() : window,
        minCount == null ? standard.minCount() : minCount,
        sample == null ? standard.sample() : sample,
        settings(standard.training()));
  }

  private GloVeConfig glove() {
    GloVeConfig standard = GloVeConfig.standard();
    return standard
        .withDimension(dimension)
        .withWindow(window == null ? standard.window() : window)
        .withMinCount(minCount == null ? standard.minCount() : minCount)
        .withTraining(settings(standard.training()));
  }

  private FastTextConfig fastText(FastTextConfig standard) {
    FastTextConfig.NGrams usual = standard.ngrams();
    int least = ngrams == null ? usual.minChars() : ngrams[0];
    int most = ngrams == null ? usual.maxChars() : ngrams[ngrams.length - 1];
    int rows = most > 0 || wordNGrams > 1 ? buckets : 0;
    return new FastTextConfig(
        standard.model(),
        hierarchicalSoftmax ? FastTextConfig.Loss.HIERARCHICAL_SOFTMAX : standard.loss(),
        dimension,
        window == null ? standard.window() : window,
        minCount == null ? standard.minCount() : minCount,
        standard.minLabelCount(),
        negative,
        new FastTextConfig.NGrams(least, most, wordNGrams, rows),
        sample == null ? standard.sample() : sample,
        program ? FastTextConfig.Words.PROGRAM : standard.words(),
        standard.label(),
        settings(standard.training()));
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
