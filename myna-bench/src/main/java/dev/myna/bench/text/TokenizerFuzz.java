package dev.myna.bench.text;

import dev.myna.text.Tokenizer;
import dev.myna.text.TokenizerException;
import dev.myna.text.format.VocabularyFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Damages tokenizers' files at random and opens them: each must load, or be refused by a {@link
 * TokenizerException} that names the file; what loads must encode and decode any text or refuse it
 * likewise. Everything else, and whatever takes longer than ten seconds, is a finding: the damaged
 * file is kept and the run ends with 1.
 *
 * <pre>myna-bench/run text.TokenizerFuzz 600 1 FILE...</pre>
 *
 * Arguments are seconds, the seed, and files to begin with: {@code tokenizer.json}, {@code .model},
 * {@code .gguf}, {@code .tiktoken}, {@code vocab.txt}. Those of myna-text's tests will do.
 */
public final class TokenizerFuzz {
  private static final double LONGEST = 10; // seconds for one file

  private final Random random;
  private final Path work;
  private long loaded;
  private long refused;
  private int findings;

  private TokenizerFuzz(long seed) throws IOException {
    random = new Random(seed);
    work = Files.createTempDirectory("fuzz");
  }

  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 3) {
      throw new IllegalArgumentException("wanted: SECONDS SEED FILE...");
    }
    TokenizerFuzz fuzz = new TokenizerFuzz(Long.parseLong(arguments[1]));
    List<Path> files = Arrays.stream(arguments).skip(2).map(Path::of).toList();
    fuzz.run(files, Double.parseDouble(arguments[0]));
    System.exit(fuzz.findings > 0 ? 1 : 0);
  }

  private void run(List<Path> files, double seconds) throws IOException {
    List<byte[]> contents = new ArrayList<>();
    for (Path file : files) {
      contents.add(Files.readAllBytes(file));
    }
    long start = System.nanoTime();
    for (long round = 0; (System.nanoTime() - start) / 1e9 < seconds && findings < 20; round++) {
      int which = random.nextInt(files.size());
      String name = files.get(which).getFileName().toString();
      Path file = work.resolve(name);
      byte[] content = contents.get(which);
      boolean tree = name.endsWith(".json") && random.nextInt(4) > 0;
      Files.write(file, tree ? JsonDamage.of(content, random) : ByteDamage.of(content, random));
      attempt(file, round);
    }
    System.out.printf(
        "%,d files loaded, %,d refused, %d findings in %.0f s%n",
        loaded, refused, findings, (System.nanoTime() - start) / 1e9);
  }

  private void attempt(Path file, long round) throws IOException {
    long start = System.nanoTime();
    String finding = null;
    Tokenizer tokenizer = null;
    try {
      tokenizer = VocabularyFiles.open(file);
      loaded++;
    } catch (TokenizerException e) {
      refused++;
      if (!String.valueOf(e.getMessage()).contains(file.getFileName().toString())) {
        finding = "the file is not named: " + e.getMessage();
      }
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      finding = trace(e);
    }
    if (tokenizer != null) {
      finding = use(tokenizer);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (finding == null && seconds > LONGEST) {
      finding = "it took %.1f s".formatted(seconds);
    }
    if (finding != null) {
      findings++;
      Path kept = work.resolve("finding-" + round + "-" + file.getFileName());
      Files.copy(file, kept);
      System.out.printf("%s: %s%n", kept, finding);
    }
  }

  private @org.jspecify.annotations.Nullable String use(Tokenizer tokenizer) {
    try {
      for (int i = 0; i < 4; i++) {
        String text = text();
        int[] ids = tokenizer.ids(text);
        int[] whole = tokenizer.encode(text, text(), true).ids();
        String unused = tokenizer.decode(ids) + tokenizer.decode(whole, false);
      }
      return null;
    } catch (TokenizerException e) {
      return null;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return trace(e);
    }
  }

  private String text() {
    int[] points = new int[random.nextInt(40)];
    for (int i = 0; i < points.length; i++) {
      points[i] =
          switch (random.nextInt(6)) {
            case 0 -> ' ';
            case 1 -> 'a' + random.nextInt(26);
            case 2 -> random.nextInt(0x80);
            case 3 -> random.nextInt(0x3000);
            case 4 -> 0x4E00 + random.nextInt(0x5000);
            default -> 0x10000 + random.nextInt(0x100000);
          };
    }
    String text = new String(points, 0, points.length);
    return random.nextInt(20) == 0 ? text + '\uD800' : text;
  }

  private static String trace(Throwable e) {
    StringBuilder text = new StringBuilder(e.toString());
    Arrays.stream(e.getStackTrace()).limit(8).forEach(f -> text.append("\n    at ").append(f));
    return text.toString();
  }

  /** Changes to bytes, whatever they mean. */
  private static final class ByteDamage {
    private ByteDamage() {}

    static byte[] of(byte[] content, Random random) {
      byte[] bytes = content.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes = once(bytes, random);
      }
      return bytes;
    }

    private static byte[] once(byte[] bytes, Random random) {
      int length = bytes.length;
      if (length == 0) {
        return bytes;
      }
      int at = random.nextInt(length);
      int end = Math.min(length, at + 1 + random.nextInt(64));
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> {
          return Arrays.copyOf(bytes, at);
        }
        case 3 -> Arrays.fill(bytes, at, end, (byte) (random.nextBoolean() ? 0xFF : 0));
        case 4 -> {
          return joined(bytes, at, Arrays.copyOfRange(bytes, at, end));
        }
        default -> {
          String brackets = random.nextBoolean() ? "[" : "{\"a\":";
          int times = random.nextInt(50) == 0 ? 1_000_000 : random.nextInt(2_000);
          return joined(bytes, at, brackets.repeat(times).getBytes(StandardCharsets.UTF_8));
        }
      }
      return bytes;
    }

    private static byte[] joined(byte[] bytes, int at, byte[] inserted) {
      byte[] all = Arrays.copyOf(bytes, bytes.length + inserted.length);
      System.arraycopy(inserted, 0, all, at, inserted.length);
      System.arraycopy(bytes, at, all, at + inserted.length, bytes.length - at);
      return all;
    }
  }
}
