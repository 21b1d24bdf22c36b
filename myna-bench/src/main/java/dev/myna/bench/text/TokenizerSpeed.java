package dev.myna.bench.text;

import dev.myna.text.Tokenizer;
import dev.myna.text.format.VocabularyFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Times encoding, line by line, against Hugging Face Tokenizers and tiktoken: the same texts and
 * vocabularies (both read the {@code tokenizer.json} that Myna writes), in turns, medians; and says
 * whether the numbers of tokens agree.
 *
 * <pre>
 * mvn -q -pl myna-bench -am package -DskipTests
 * mvn -q -pl myna-bench exec:java -Dexec.mainClass=dev.myna.bench.text.TokenizerSpeed \
 *     -Dexec.args="DATA PYTHON ROUNDS TEXT..."
 * </pre>
 *
 * DATA holds {@code tokenizers/} with gpt2, tiktoken, bert-base-uncased and albert-v2; PYTHON is an
 * interpreter that has {@code tokenizers} and {@code tiktoken}; texts are UTF-8 files, of which the
 * first million characters are taken; {@code .gz} is unpacked.
 */
public final class TokenizerSpeed {
  private static final int LONGEST = 1_000_000; // characters of a text
  private static final double WARM_UP = 3; // seconds before anything is timed

  private static final String GPT2 =
      "'(?:[sdmt]|ll|ve|re)| ?\\p{L}++| ?\\p{N}++| ?[^\\s\\p{L}\\p{N}]++|\\s++$|\\s+(?!\\S)|\\s";
  private static final String CL100K =
      "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}++|\\p{N}{1,3}+| ?[^\\s\\p{L}\\p{N}]++"
          + "[\\r\\n]*+|\\s++$|\\s*[\\r\\n]|\\s+(?!\\S)|\\s";

  /**
   * A vocabulary on both sides.
   *
   * @param json written by Myna for the peer
   * @param ranks tiktoken's file and expression, null where tiktoken has no such vocabulary
   */
  private record Side(
      String name, Tokenizer tokenizer, Path json, @Nullable Path ranks, String pattern) {}

  /** A text on both sides. */
  private record Text(String name, List<String> lines, long bytes, Path copy) {}

  private final Path work;
  private final Map<String, List<Double>> times = new LinkedHashMap<>();
  private final Map<String, Long> tokens = new LinkedHashMap<>();

  private TokenizerSpeed() throws IOException {
    work = Files.createTempDirectory("speed");
  }

  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 4) {
      throw new IllegalArgumentException("wanted: DATA PYTHON ROUNDS TEXT...");
    }
    TokenizerSpeed speed = new TokenizerSpeed();
    List<Side> sides = speed.sides(Path.of(arguments[0]).resolve("tokenizers"));
    List<Text> texts = new ArrayList<>();
    for (String file : List.of(arguments).subList(3, arguments.length)) {
      texts.add(speed.text(Path.of(file), texts.size()));
    }
    speed.compare(sides, texts, arguments[1], Integer.parseInt(arguments[2]));
    speed.print(sides, texts);
  }

  private List<Side> sides(Path folder) {
    Path ranks = folder.resolve("tiktoken");
    return List.of(
        side("gpt2", folder.resolve("gpt2"), ranks.resolve("r50k_base.tiktoken.gz"), GPT2),
        side(
            "cl100k",
            ranks.resolve("cl100k_base.tiktoken.gz"),
            ranks.resolve("cl100k_base.tiktoken.gz"),
            CL100K),
        side("bert", folder.resolve("bert-base-uncased"), null, ""),
        side("albert", folder.resolve("albert-v2"), null, ""));
  }

  private Side side(String name, Path vocabulary, @Nullable Path ranks, String pattern) {
    Tokenizer tokenizer = VocabularyFiles.open(vocabulary);
    tokenizer.save(work.resolve(name));
    return new Side(name, tokenizer, work.resolve(name).resolve("tokenizer.json"), ranks, pattern);
  }

  private Text text(Path file, int number) throws IOException {
    String all;
    try (InputStream raw = Files.newInputStream(file);
        InputStream in =
            file.toString().endsWith(".gz") ? new java.util.zip.GZIPInputStream(raw) : raw) {
      all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    int end = Math.min(LONGEST, all.length());
    String part = all.substring(0, all.offsetByCodePoints(0, all.codePointCount(0, end)));
    Path copy = work.resolve("text" + number);
    Files.writeString(copy, part);
    return new Text(
        String.valueOf(file.getFileName()), List.of(part.split("\n", -1)), Files.size(copy), copy);
  }

  private void compare(List<Side> sides, List<Text> texts, String python, int rounds)
      throws IOException {
    Path script = work.resolve("peers.py");
    try (InputStream in = TokenizerSpeed.class.getResourceAsStream("peers.py")) {
      Files.copy(Objects.requireNonNull(in), script, StandardCopyOption.REPLACE_EXISTING);
    }
    for (Side side : sides) {
      long start = System.nanoTime();
      while ((System.nanoTime() - start) / 1e9 < WARM_UP) {
        for (Text text : texts) {
          long unused = count(side.tokenizer(), text) + countTogether(side.tokenizer(), text);
        }
      }
    }
    Process process =
        new ProcessBuilder(python, script.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
        Writer jobs = process.outputWriter(StandardCharsets.UTF_8)) {
      if (answers.readLine() == null) {
        throw new IOException("the Python side did not start");
      }
      for (int round = 0; round < rounds; round++) {
        for (Side side : sides) {
          for (Text text : texts) {
            own(side, text);
            peers(side, text, answers, jobs);
          }
        }
      }
    } finally {
      process.destroy();
    }
  }

  private static long count(Tokenizer tokenizer, Text text) {
    long count = 0;
    for (String line : text.lines()) {
      count += tokenizer.ids(line).length;
    }
    return count;
  }

  private void own(Side side, Text text) {
    long start = System.nanoTime();
    long count = count(side.tokenizer(), text);
    note(side, text, "myna", (System.nanoTime() - start) / 1e9, count);
    start = System.nanoTime();
    long together = countTogether(side.tokenizer(), text);
    note(side, text, "all cores", (System.nanoTime() - start) / 1e9, together);
  }

  private static long countTogether(Tokenizer tokenizer, Text text) {
    return tokenizer.idsOfAll(text.lines()).stream().mapToLong(ids -> ids.length).sum();
  }

  private void peers(Side side, Text text, BufferedReader answers, Writer jobs) throws IOException {
    ObjectNode job = JsonMapper.shared().createObjectNode();
    job.put("text", text.copy().toString()).put("json", side.json().toString());
    if (side.ranks() != null) {
      job.put("ranks", side.ranks().toString()).put("pattern", side.pattern());
    }
    jobs.write(job + "\n");
    jobs.flush();
    JsonNode answer = JsonMapper.shared().readTree(answers.readLine());
    answer
        .properties()
        .forEach(
            entry ->
                note(
                    side,
                    text,
                    entry.getKey(),
                    entry.getValue().get(0).doubleValue(),
                    entry.getValue().get(1).longValue()));
  }

  private void note(Side side, Text text, String who, double seconds, long count) {
    String key = side.name() + "\t" + text.name() + "\t" + who;
    times.computeIfAbsent(key, _ -> new ArrayList<>()).add(seconds);
    tokens.put(key, count);
  }

  /** Millions of bytes a second. */
  private double speed(Side side, Text text, String who) {
    List<Double> sorted =
        times.getOrDefault(side.name() + "\t" + text.name() + "\t" + who, List.of()).stream()
            .sorted()
            .toList();
    return sorted.isEmpty() ? Double.NaN : text.bytes() / 1e6 / sorted.get(sorted.size() / 2);
  }

  private void print(List<Side> sides, List<Text> texts) {
    System.out.println(
        "| vocabulary | text | Myna, 1 thread | all cores | HF Tokenizers | tiktoken | × HF |"
            + " × tiktoken | × threads | tokens |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|");
    for (Side side : sides) {
      for (Text text : texts) {
        double own = speed(side, text, "myna");
        double all = speed(side, text, "all cores");
        double face = speed(side, text, "hf");
        double tik = speed(side, text, "tiktoken");
        long count = tokens.getOrDefault(side.name() + "\t" + text.name() + "\tmyna", 0L);
        boolean agree =
            tokens.entrySet().stream()
                .filter(e -> e.getKey().startsWith(side.name() + "\t" + text.name() + "\t"))
                .allMatch(e -> e.getValue() == count);
        System.out.printf(
            Locale.ROOT,
            "| %s | %s | %.1f | %.1f | %.2f | %.1f | %.1f | %.1f | %.2f | %s |%n",
            side.name(),
            text.name(),
            own,
            all,
            face,
            tik,
            own / face,
            own / tik,
            all / own,
            agree ? "equal" : "differ");
      }
    }
  }
}
