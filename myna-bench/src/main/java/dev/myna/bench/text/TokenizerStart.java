package dev.myna.bench.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingType;
import dev.myna.bench.Peers;
import dev.myna.text.format.VocabularyFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Cold start: seconds of a whole process that opens cl100k_base and counts the tokens of a text,
 * for Myna and its peers in turns, medians.
 *
 * <pre>myna-bench/run text.TokenizerStart RANKS PYTHON ROUNDS TEXT</pre>
 *
 * RANKS is tiktoken's file of cl100k_base, {@code .gz} or not; PYTHON an interpreter that has
 * {@code tokenizers} and {@code tiktoken}.
 */
public final class TokenizerStart {
  private static final String TIKTOKEN =
      """
      import base64, gzip, sys, tiktoken
      lines = (gzip.open(sys.argv[1]) if sys.argv[1].endswith(".gz") else open(sys.argv[1], "rb"))
      ranks = {base64.b64decode(t): int(r) for t, r in (l.split() for l in lines if l.strip())}
      pattern = r"'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}++|\\p{N}{1,3}+| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*+|\\s++$|\\s*[\\r\\n]|\\s+(?!\\S)|\\s"
      encoding = tiktoken.Encoding("cl100k", pat_str=pattern, mergeable_ranks=ranks, special_tokens={})
      print(len(encoding.encode_ordinary(open(sys.argv[3], encoding="utf-8", newline="").read())))
      """;
  private static final String HUGGING_FACE =
      """
      import sys
      from tokenizers import Tokenizer
      tokenizer = Tokenizer.from_file(sys.argv[2])
      print(len(tokenizer.encode(open(sys.argv[3], encoding="utf-8", newline="").read()).ids))
      """;

  private TokenizerStart() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length != 4) {
      throw new IllegalArgumentException(
          "wanted: RANKS PYTHON ROUNDS TEXT, or WHO RANKS JSON TEXT");
    }
    if (List.of("myna", "jtokkit", "djl").contains(arguments[0])) {
      System.out.println(count(arguments));
      return;
    }
    Path folder = Files.createTempDirectory("start");
    VocabularyFiles.open(Path.of(arguments[0])).save(folder);
    String json = folder.resolve("tokenizer.json").toString();
    Map<String, List<String>> commands = new LinkedHashMap<>();
    for (String who : List.of("myna", "jtokkit", "djl")) {
      commands.put(who, java(who, arguments[0], json, arguments[3]));
    }
    List<String> files = List.of(arguments[0], json, arguments[3]);
    commands.put("tiktoken", python(arguments[1], TIKTOKEN, files));
    commands.put("HF Tokenizers", python(arguments[1], HUGGING_FACE, files));
    compare(commands, Integer.parseInt(arguments[2]));
  }

  private static long count(String[] arguments) throws IOException {
    String text = Files.readString(Path.of(arguments[3]));
    return switch (arguments[0]) {
      case "myna" -> VocabularyFiles.open(Path.of(arguments[1])).ids(text).length;
      case "jtokkit" ->
          Encodings.newLazyEncodingRegistry()
              .getEncoding(EncodingType.CL100K_BASE)
              .encodeOrdinary(text)
              .size();
      default ->
          HuggingFaceTokenizer.newInstance(Path.of(arguments[2]), Map.of("truncation", "false"))
              .encode(text, false, false)
              .getIds()
              .length;
    };
  }

  private static List<String> java(String who, String ranks, String json, String text) {
    String home = System.getProperty("java.home");
    String classes = System.getProperty("java.class.path");
    return List.of(
        home + "/bin/java", "-cp", classes, TokenizerStart.class.getName(), who, ranks, json, text);
  }

  private static List<String> python(String python, String program, List<String> files) {
    List<String> command = new ArrayList<>(List.of(python, "-c", program));
    command.addAll(files);
    return command;
  }

  private static void compare(Map<String, List<String>> commands, int rounds)
      throws IOException, InterruptedException {
    Map<String, double[]> seconds = new LinkedHashMap<>();
    Map<String, String> tokens = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<String, List<String>> command : commands.entrySet()) {
        long start = System.nanoTime();
        Process process =
            Peers.process(command.getValue())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String answer =
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
          throw new IOException(command.getKey() + " ended with " + process.exitValue());
        }
        seconds.computeIfAbsent(command.getKey(), _ -> new double[rounds])[round] =
            (System.nanoTime() - start) / 1e9;
        tokens.put(command.getKey(), answer);
      }
    }
    seconds.forEach(
        (who, times) -> {
          Arrays.sort(times);
          System.out.printf(
              Locale.ROOT,
              "| %s | %.2f s | %s tokens |%n",
              who,
              times[rounds / 2],
              tokens.get(who));
        });
  }
}
