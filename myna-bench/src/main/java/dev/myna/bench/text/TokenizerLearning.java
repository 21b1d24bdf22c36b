package dev.myna.bench.text;

import dev.myna.Progress;
import dev.myna.text.Tokenizer;
import dev.myna.text.train.TokenizerPreset;
import dev.myna.text.train.VocabularyOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Learns a tokenizer from a text that is read several times over, once, in a fresh JVM: prints the
 * seconds and the peak of the process's resident memory.
 *
 * <pre>myna-bench/run text.TokenizerLearning BPE 32000 10 TEXT</pre>
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
    int times = Integer.parseInt(arguments[2]);
    Path text = Path.of(arguments[3]);
    long start = System.nanoTime();
    Tokenizer tokenizer =
        preset
            .spec(VocabularyOptions.ofSize(size))
            .learn(() -> new Lines(text, times), Progress.NONE);
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

  /** The lines of a file, so many times over. */
  private static final class Lines implements Iterator<String> {
    private final Path file;
    private int left;
    private BufferedReader reader;
    private @Nullable String next;

    Lines(Path file, int times) {
      this.file = file;
      this.left = times - 1;
      this.reader = open(file);
      this.next = read();
    }

    private static BufferedReader open(Path file) {
      try {
        return Files.newBufferedReader(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private @Nullable String read() {
      try {
        String line = reader.readLine();
        while (line == null && left > 0) {
          reader.close();
          reader = open(file);
          left--;
          line = reader.readLine();
        }
        return line == null ? null : line + "\n";
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public String next() {
      String line = next;
      if (line == null) {
        throw new NoSuchElementException();
      }
      next = read();
      return line;
    }
  }
}
