package dev.myna.bench.text;

import com.google.errorprone.annotations.MustBeClosed;
import dev.myna.Progress;
import dev.myna.text.Tokenizer;
import dev.myna.text.corpus.Corpus;
import dev.myna.text.train.TokenizerPreset;
import dev.myna.text.train.VocabularyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Learns a tokenizer from a text that is read several times over, once, in a fresh JVM: prints the
 * seconds and the peak of the process's resident memory.
 *
 * <pre>
 * mvn -q -pl myna-bench -am package -DskipTests
 * mvn -q -pl myna-bench exec:exec -Dexec.executable=java \
 *     -Dexec.args="-cp %classpath dev.myna.bench.text.TokenizerLearning BPE 32000 10 TEXT"
 * </pre>
 *
 * The peer, in Python: {@code BpeTrainer(vocab_size=32000, initial_alphabet=ByteLevel.alphabet())}
 * of {@code tokenizers} from the same lines.
 */
public final class TokenizerLearning {
  private TokenizerLearning() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 4) {
      throw new IllegalArgumentException("wanted: KIND SIZE TIMES TEXT");
    }
    TokenizerPreset preset = TokenizerPreset.valueOf(arguments[0].toUpperCase(Locale.ROOT));
    int size = Integer.parseInt(arguments[1]);
    Corpus corpus = Corpus.of(List.of(arguments[3]));
    int times = Integer.parseInt(arguments[2]);
    long start = System.nanoTime();
    Tokenizer tokenizer;
    try (Stream<String> texts = IntStream.range(0, times).boxed().flatMap(_ -> read(corpus))) {
      Iterator<String> lines = texts.iterator();
      tokenizer = preset.spec(VocabularyOptions.ofSize(size)).learn(() -> lines, Progress.NONE);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    List<String> status = Files.readAllLines(Path.of("/proc/self/status"));
    String peak =
        status.stream().filter(line -> line.startsWith("VmHWM")).findFirst().orElse("VmHWM: ?");
    System.out.printf(
        Locale.ROOT,
        "%,d tokens learned in %.2f s, peak %s%n",
        tokenizer.vocabularySize(),
        seconds,
        peak.replaceFirst("VmHWM:\\s*", ""));
  }

  @MustBeClosed
  private static Stream<String> read(Corpus corpus) {
    return corpus.texts();
  }
}
