package dev.myna.bench.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.myna.bench.Peers;
import dev.myna.text.Tokenizer;
import dev.myna.text.format.VocabularyFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Times encoding, line by line, against Hugging Face Tokenizers (from Python, and through DJL in
 * this JVM), tiktoken and JTokkit: the same texts and vocabularies (the peers read the {@code
 * tokenizer.json} that Myna writes, or have tiktoken's ranks), in turns, medians; and says whether
 * the numbers of tokens agree.
 *
 * <pre>myna-bench/run text.TokenizerSpeed DATA PYTHON ROUNDS TEXT...</pre>
 *
 * DATA holds {@code tokenizers/} with gpt2, tiktoken, bert-base-uncased and albert-v2; PYTHON is an
 * interpreter that has {@code tokenizers} and {@code tiktoken}; texts are UTF-8 files, of which the
 * first million characters are taken; {@code .gz} is unpacked.
 */
public final class TokenizerSpeed {
  private static final int LONGEST = 1_000_000; // characters of a text
  private static final int PASSES = 5; // over a text in turn, where a pass takes milliseconds
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
      String name,
      Tokenizer tokenizer,
      Path json,
      @Nullable Path ranks,
      String pattern,
      @Nullable Encoding jtokkit,
      HuggingFaceTokenizer djl) {}

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

  private List<Side> sides(Path folder) throws IOException {
    Path r50k = folder.resolve("tiktoken/r50k_base.tiktoken.gz");
    Path cl100k = folder.resolve("tiktoken/cl100k_base.tiktoken.gz");
    return List.of(
        side("gpt2", folder.resolve("gpt2"), r50k, GPT2, EncodingType.R50K_BASE),
        side("cl100k", cl100k, cl100k, CL100K, EncodingType.CL100K_BASE),
        side("bert", folder.resolve("bert-base-uncased"), null, "", null),
        side("albert", folder.resolve("albert-v2"), null, "", null));
  }

  private Side side(
      String name,
      Path vocabulary,
      @Nullable Path ranks,
      String pattern,
      @Nullable EncodingType type)
      throws IOException {
    Tokenizer tokenizer = VocabularyFiles.open(vocabulary);
    tokenizer.save(work.resolve(name));
    Path json = work.resolve(name).resolve("tokenizer.json");
    Encoding jtokkit = type == null ? null : Encodings.newLazyEncodingRegistry().getEncoding(type);
    HuggingFaceTokenizer djl =
        HuggingFaceTokenizer.newInstance(json, Map.of("truncation", "false", "padding", "false"));
    return new Side(name, tokenizer, json, ranks, pattern, jtokkit, djl);
  }

  private Text text(Path file, int number) throws IOException {
    String all;
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
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
    Path script = Peers.script(TokenizerSpeed.class, "peers.py");
    for (Side side : sides) {
      warmUp(() -> texts.forEach(text -> own(side, text)));
      warmUp(() -> texts.forEach(text -> neighbours(side, text)));
    }
    times.clear();
    Process process =
        Peers.process(List.of(python, script.toString()))
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
            neighbours(side, text);
            peers(side, text, answers, jobs);
          }
        }
      }
    } finally {
      process.destroy();
    }
  }

  private static void warmUp(Runnable work) {
    long start = System.nanoTime();
    while ((System.nanoTime() - start) / 1e9 < WARM_UP) {
      work.run();
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
    time(side, text, "myna", PASSES, () -> count(side.tokenizer(), text));
    time(side, text, "all cores", PASSES, () -> countTogether(side.tokenizer(), text));
  }

  /** The peers within this JVM. */
  private void neighbours(Side side, Text text) {
    Encoding jtokkit = side.jtokkit();
    if (jtokkit != null) {
      time(
          side,
          text,
          "jtokkit",
          PASSES,
          () -> count(text, line -> jtokkit.encodeOrdinary(line).size()));
    }
    HuggingFaceTokenizer djl = side.djl();
    time(
        side,
        text,
        "djl",
        1,
        () -> count(text, line -> djl.encode(line, false, false).getIds().length));
  }

  private void time(Side side, Text text, String who, int passes, LongSupplier work) {
    for (int pass = 0; pass < passes; pass++) {
      long start = System.nanoTime();
      long count = work.getAsLong();
      note(side, text, who, (System.nanoTime() - start) / 1e9, count);
    }
  }

  private static long count(Text text, ToIntFunction<String> tokens) {
    return text.lines().stream().mapToInt(tokens).asLongStream().sum();
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
        "| vocabulary | text | Myna | all cores | HF | DJL | tiktoken | JTokkit | × HF | × DJL |"
            + " × tiktoken | × JTokkit | × threads | tokens |");
    System.out.println("|---".repeat(14) + "|");
    for (Side side : sides) {
      for (Text text : texts) {
        double own = speed(side, text, "myna");
        StringBuilder row = new StringBuilder("| " + side.name() + " | " + text.name());
        List<String> peers = List.of("hf", "djl", "tiktoken", "jtokkit");
        add(row, "%.1f", own);
        add(row, "%.1f", speed(side, text, "all cores"));
        peers.forEach(peer -> add(row, "%.2f", speed(side, text, peer)));
        peers.forEach(peer -> add(row, "%.1f", own / speed(side, text, peer)));
        add(row, "%.2f", speed(side, text, "all cores") / own);
        System.out.println(row + " | " + (agree(side, text) ? "equal" : "differ") + " |");
      }
    }
  }

  private static void add(StringBuilder row, String format, double number) {
    row.append(" | ").append(Double.isNaN(number) ? "" : format.formatted(number));
  }

  private boolean agree(Side side, Text text) {
    String key = side.name() + "\t" + text.name() + "\t";
    return tokens.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(key))
            .mapToLong(Map.Entry::getValue)
            .distinct()
            .count()
        == 1;
  }
}
