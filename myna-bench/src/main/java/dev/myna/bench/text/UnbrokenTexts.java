package dev.myna.bench.text;

import dev.myna.text.Tokenizer;
import dev.myna.text.format.VocabularyFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Texts without a place to cut, ten megabytes each, against ordinary text: seconds per byte of one
 * as a multiple of those of the other.
 *
 * <pre>myna-bench/run text.UnbrokenTexts DATA</pre>
 *
 * DATA holds {@code tokenizers/} and {@code tiny-shakespeare/input.txt}, the ordinary text.
 */
public final class UnbrokenTexts {
  private static final int BYTES = 10_000_000;
  private static final int ROUNDS = 3;

  private UnbrokenTexts() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("wanted: DATA");
    }
    Path data = Path.of(arguments[0]);
    String ordinary = Files.readString(data.resolve("tiny-shakespeare/input.txt"));
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("one letter", "a".repeat(BYTES));
    texts.put("spaces", " ".repeat(BYTES));
    texts.put("emoji", "😀".repeat(BYTES / 4));
    texts.put("Chinese", chinese());
    texts.put("letters", ordinary.replaceAll("[^a-z]", "").repeat(14).substring(0, BYTES));
    System.out.println("| vocabulary | " + String.join(" | ", texts.keySet()) + " |");
    System.out.println("|---|" + "---|".repeat(texts.size()));
    for (String name :
        List.of("gpt2", "tiktoken/cl100k_base.tiktoken.gz", "bert-base-uncased", "albert-v2")) {
      Tokenizer tokenizer = VocabularyFiles.open(data.resolve("tokenizers").resolve(name));
      double usual = secondsPerByte(tokenizer, ordinary.repeat(9));
      StringBuilder row = new StringBuilder("| " + name + " |");
      for (String text : texts.values()) {
        row.append(String.format(Locale.ROOT, " %.1f |", secondsPerByte(tokenizer, text) / usual));
      }
      System.out.println(row);
    }
  }

  /** Ideographs in an order that repeats only after thousands. */
  private static String chinese() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < BYTES / 3; i++) {
      text.appendCodePoint(0x4E00 + (int) (i * 7919L % 6000));
    }
    return text.toString();
  }

  private static double secondsPerByte(Tokenizer tokenizer, String text) {
    double[] seconds = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      int tokens = tokenizer.ids(text).length;
      seconds[i] = (System.nanoTime() - start) / 1e9;
      if (tokens > text.length() * 4) {
        throw new IllegalStateException(tokens + " tokens are more than there are bytes");
      }
    }
    Arrays.sort(seconds);
    return seconds[0] / text.getBytes(StandardCharsets.UTF_8).length;
  }
}
