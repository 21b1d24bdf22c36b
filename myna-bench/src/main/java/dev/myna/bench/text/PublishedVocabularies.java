package dev.myna.bench.text;

import dev.myna.text.Tokenizer;
import dev.myna.text.format.VocabularyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Opens published vocabularies and compares ids with those that their makers published: llama.cpp's
 * {@code .inp} and {@code .out} files, the cases of tiktoken's own tests, and nanoGPT's counts of
 * tiny-shakespeare. Prints a line a check; ends with 1 where one fails.
 *
 * <pre>myna-bench/run text.PublishedVocabularies DATA</pre>
 *
 * DATA holds {@code tokenizers/} (gpt2, openai-gpt, tiktoken, bert-base-uncased, bert-base-chinese,
 * albert-v2, gguf), {@code fixtures/tiktoken-cases} and {@code tiny-shakespeare/input.txt}.
 */
public final class PublishedVocabularies {
  private final Path data;
  private int failures;

  private PublishedVocabularies(Path data) {
    this.data = data;
  }

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("wanted: DATA");
    }
    PublishedVocabularies checks = new PublishedVocabularies(Path.of(arguments[0]));
    checks.sizes();
    for (String name : List.of("gpt-2", "llama-spm", "bert-bge")) {
      checks.llamaCpp(name);
    }
    checks.tiktoken();
    checks.shakespeare();
    if (checks.failures > 0) {
      System.exit(1);
    }
  }

  private Tokenizer open(String name) {
    return VocabularyFiles.open(data.resolve("tokenizers").resolve(name));
  }

  private void sizes() {
    size("gpt2", 50_257);
    size("openai-gpt", 40_478);
    size("tiktoken/r50k_base.tiktoken.gz", 50_257);
    size("tiktoken/cl100k_base.tiktoken.gz", 100_277);
    size("tiktoken/o200k_base.tiktoken.gz", 200_019);
    size("bert-base-uncased", 30_522);
    size("bert-base-chinese", 21_128);
    size("albert-v2", 30_000);
  }

  private void size(String name, int wanted) {
    int found = open(name).vocabularySize();
    say(found == wanted, "%s: %,d ids", name, found);
  }

  private void llamaCpp(String name) throws IOException {
    Path file = data.resolve("tokenizers/gguf/ggml-vocab-" + name + ".gguf");
    Tokenizer tokenizer = VocabularyFiles.open(file);
    String[] texts =
        Files.readString(file.resolveSibling(file.getFileName() + ".inp"))
            .split("\n__ggml_vocab_test__\n", -1);
    List<String> lines = Files.readAllLines(file.resolveSibling(file.getFileName() + ".out"));
    int equal = 0;
    for (int i = 0; i < lines.size(); i++) {
      int[] wanted =
          Stream.of(lines.get(i).strip().split(" "))
              .filter(id -> !id.isEmpty())
              .mapToInt(Integer::parseInt)
              .toArray();
      int[] found = tokenizer.encode(texts[i], false).ids();
      if (Arrays.equals(wanted, found)) {
        equal++;
      } else {
        System.out.printf(
            "  \"%s\": wanted %s, found %s%n",
            texts[i].replace("\n", "\\n"), Arrays.toString(wanted), Arrays.toString(found));
      }
    }
    say(equal == lines.size(), "llama.cpp %s: %d of %d texts equal", name, equal, lines.size());
  }

  private void tiktoken() {
    Path file = data.resolve("fixtures/tiktoken-cases/cases.json");
    for (JsonNode wanted : JsonMapper.shared().readTree(file.toFile())) {
      String encoding = wanted.get("encoding").asString();
      String name = encoding.equals("gpt2") ? "r50k_base" : encoding;
      String text = wanted.get("text").asString();
      int[] ids = wanted.get("ids").valueStream().mapToInt(JsonNode::asInt).toArray();
      int[] found = open("tiktoken/" + name + ".tiktoken.gz").ids(text);
      say(Arrays.equals(ids, found), "tiktoken %s: \"%s\"", encoding, text);
    }
  }

  private void shakespeare() throws IOException {
    String text = Files.readString(data.resolve("tiny-shakespeare/input.txt"));
    int border = (int) (text.length() * 0.9);
    Tokenizer tokenizer = open("gpt2");
    int train = tokenizer.ids(text.substring(0, border)).length;
    int validation = tokenizer.ids(text.substring(border)).length;
    say(
        train == 301_966 && validation == 36_059,
        "tiny-shakespeare with gpt2: %,d and %,d tokens",
        train,
        validation);
  }

  private void say(boolean right, String format, Object... arguments) {
    failures += right ? 0 : 1;
    System.out.printf("%s  %s%n", right ? "equal  " : "DIFFERS", format.formatted(arguments));
  }
}
