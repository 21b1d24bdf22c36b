package dev.myna.bench.text;

import dev.myna.text.Tokenizer;
import dev.myna.text.format.VocabularyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Times what encoding is made of, each stage by itself (JMH), over the first lines of a text.
 *
 * <pre>myna-bench/run text.TokenizerPieces TEXT VOCABULARY...</pre>
 *
 * The text is a UTF-8 file; vocabularies are files or folders of any kind that Myna reads.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TokenizerPieces {
  private static final int LINES = 2_000;

  /** The text's file. */
  @Param("")
  public String text = "";

  /** The vocabulary's file or folder. */
  @Param("")
  public String vocabulary = "";

  private List<String> lines = List.of();
  private List<int[]> ids = List.of();

  @SuppressWarnings("NullAway.Init") // by open
  private Tokenizer tokenizer;

  /** Opens the vocabulary and reads the lines. */
  @Setup
  public void open() throws IOException {
    tokenizer = VocabularyFiles.open(Path.of(vocabulary));
    try (var all = Files.lines(Path.of(text))) {
      lines = all.limit(LINES).toList();
    }
    ids = lines.stream().map(tokenizer::ids).toList();
  }

  /** The normalizer alone; nothing where there is none. */
  @Benchmark
  public void normalize(Blackhole hole) {
    tokenizer
        .normalizer()
        .ifPresent(normalizer -> lines.forEach(line -> hole.consume(normalizer.normalize(line))));
  }

  /** The pre-tokenizer alone, on lines as they are; nothing where there is none. */
  @Benchmark
  public void preTokenize(Blackhole hole) {
    tokenizer
        .preTokenizer()
        .ifPresent(splitter -> lines.forEach(line -> hole.consume(splitter.split(line))));
  }

  /** All stages, ids alone. */
  @Benchmark
  public void ids(Blackhole hole) {
    lines.forEach(line -> hole.consume(tokenizer.ids(line)));
  }

  /** All stages, with tokens, offsets and masks. */
  @Benchmark
  public void encode(Blackhole hole) {
    lines.forEach(line -> hole.consume(tokenizer.encode(line)));
  }

  /** Ids back to text. */
  @Benchmark
  public void decode(Blackhole hole) {
    ids.forEach(line -> hole.consume(tokenizer.decode(line)));
  }

  public static void main(String[] arguments) throws RunnerException {
    if (arguments.length < 2) {
      System.err.println("text.TokenizerPieces wants a text and vocabularies");
      System.exit(2);
    }
    String[] vocabularies = new String[arguments.length - 1];
    System.arraycopy(arguments, 1, vocabularies, 0, vocabularies.length);
    var unused =
        new Runner(
                new OptionsBuilder()
                    .include(TokenizerPieces.class.getName())
                    .param("text", arguments[0])
                    .param("vocabulary", vocabularies)
                    .build())
            .run();
  }
}
