package dev.myna.text.corpus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {
  @TempDir Path folder;

  @Test
  void filesComeInTheOrderOfThePatternsAndSortedWithin() throws IOException {
    for (String name :
        List.of("b.txt", "a.txt", "deep/er/c.txt", "deep/d.md", ".hidden", "x/.git/e")) {
      write(name, name.getBytes(UTF_8));
    }

    assertThat(names(".")).containsExactly("a.txt", "b.txt", "deep/d.md", "deep/er/c.txt");
    assertThat(names("deep", ".")).containsExactly("deep/d.md", "deep/er/c.txt", "a.txt", "b.txt");
    assertThat(names("*.txt")).containsExactly("a.txt", "b.txt");
    assertThat(names("**/*.txt")).containsExactly("a.txt", "b.txt", "deep/er/c.txt");
    assertThat(names("deep/**/*.{txt,md}")).containsExactly("deep/d.md", "deep/er/c.txt");
    assertThat(names("[b-z].txt", "?.txt")).containsExactly("b.txt", "a.txt");
    assertThat(names("b.txt")).containsExactly("b.txt");
  }

  @Test
  void aFileMayHaveTheNameOfAGlob() throws IOException {
    write("a[1].txt", "x".getBytes(UTF_8));
    assertThat(names("a[1].txt")).containsExactly("a[1].txt");
  }

  @Test
  void whatNamesNothingIsRefusedByName() throws IOException {
    Files.createDirectory(folder.resolve("empty"));
    for (String pattern : List.of("missing.txt", "*.nothing", "missing/*.txt", "empty")) {
      assertThatThrownBy(() -> names(pattern))
          .isInstanceOf(CorpusException.class)
          .hasMessageContaining(folder.resolve(pattern).toString());
    }
    assertThatThrownBy(() -> names("[z-a].txt")).hasMessageContaining("not a glob");
    assertThatThrownBy(() -> Corpus.of(List.of())).isInstanceOf(CorpusException.class);
    assertThatThrownBy(() -> Corpus.of(List.of(" "))).isInstanceOf(CorpusException.class);
  }

  @Test
  void plainCompressedAndJsonLinesAreReadAsTheyStand() throws IOException {
    write("1.txt", "\uFEFFone\r\n".getBytes(UTF_8));
    write("2.txt.gz", gzip("two \uD83D\uDC26\n"));
    write(
        "3.jsonl",
        "{\"id\": {\"text\": 1}, \"text\": \"three\\n\"}\n\n{\"text\":\"four\"}".getBytes(UTF_8));
    write("4.ndjson.gz", gzip("{\"text\": \"\"}\r\n{\"text\": \"\\u4e94\"}\r\n"));
    write("5.txt", new byte[0]);

    assertThat(texts("."))
        .containsExactly("one\r\n", "two \uD83D\uDC26\n", "three\n", "four", "\u4e94");
  }

  @Test
  void anotherFieldCanHoldTheText() throws IOException {
    write("a.jsonl", "{\"text\": 3, \"content\": \"yes\"}\n".getBytes(UTF_8));
    try (Stream<String> texts = Corpus.of(List.of(folder.toString()), "content").texts()) {
      assertThat(texts).containsExactly("yes");
    }
  }

  @Test
  void wrongLinesAreNamed() throws IOException {
    assertWrongLine("{\"body\": \"x\", \"n\": 1}", "line 2", "\"text\"", "\"body\", \"n\"");
    assertWrongLine("{\"text\": 7}", "line 2", "a string");
    assertWrongLine("{\"text\": null}", "line 2", "a string");
    assertWrongLine("[1]", "line 2", "object");
    assertWrongLine("{\"text\": \"cut of", "line 2", "not valid JSON");
    assertWrongLine("{\"text\": \"a\"} {\"text\": \"b\"}", "line 2", "one JSON object a line");
    assertWrongLine("{\"text\": \"\\ud83d.\"}", "line 2", "surrogate");
    assertWrongLine("{\"text\": \"x\", \"deep\": " + "[".repeat(100_000) + "}", "line 2", "JSON");
  }

  private void assertWrongLine(String line, String... parts) throws IOException {
    write("a.jsonl", ("{\"text\": \"fine\"}\n" + line + "\n").getBytes(UTF_8));
    assertThatThrownBy(() -> texts("."))
        .isInstanceOf(CorpusException.class)
        .hasMessageContainingAll("a.jsonl")
        .hasMessageContainingAll(parts);
  }

  @Test
  void theFirstByteThatIsNotUtf8IsNamed() throws IOException {
    byte[] text = ("ok\n".repeat(70_000) + "gr\u00fcn\n").getBytes(ISO_8859_1);
    write("a.txt", text);
    assertThatThrownBy(() -> texts("."))
        .isInstanceOf(CorpusException.class)
        .hasMessageContainingAll("a.txt", "line 70001", "byte 210002", "0xFC");

    write("a.txt", "in UTF-16".getBytes(UTF_16));
    assertThatThrownBy(() -> texts(".")).hasMessageContainingAll("line 1", "byte 0", "UTF-16");

    write("a.txt", Arrays.copyOf("\u4e94\u4e94".getBytes(UTF_8), 5));
    assertThatThrownBy(() -> texts(".")).hasMessageContainingAll("line 1", "byte 3");
  }

  @Test
  void damagedCompressionIsNamed() throws IOException {
    byte[] whole = gzip("some text, again and again\n".repeat(10_000));
    write("a.txt.gz", Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> texts(".")).hasMessageContainingAll("a.txt.gz", "ends in the middle");

    byte[] flipped = whole.clone();
    flipped[whole.length - 6] ^= 1;
    write("a.txt.gz", flipped);
    assertThatThrownBy(() -> texts(".")).hasMessageContainingAll("a.txt.gz", "not intact");

    write("a.txt.gz", "not compressed".getBytes(UTF_8));
    assertThatThrownBy(() -> texts(".")).hasMessageContainingAll("a.txt.gz", "not gzip");

    write("a.txt.gz", new byte[0]);
    assertThatThrownBy(() -> texts(".")).hasMessageContainingAll("a.txt.gz", "not gzip");
  }

  @Test
  void tinyShakespeareIsBundledWhole() {
    String text;
    try (Stream<String> texts = Corpus.tinyShakespeare().texts()) {
      List<String> parts = texts.toList();
      assertThat(parts).hasSizeGreaterThan(4).allMatch(p -> p.length() < 1 << 18);
      text = String.join("", parts);
    }
    assertThat(text).hasSize(1_115_394).startsWith("First Citizen:\nBefore we proceed");
    assertThat(text.chars().distinct().count()).isEqualTo(65);
    assertThat(Corpus.of(List.of("bundled:tiny-shakespeare")).files())
        .isEqualTo(Corpus.tinyShakespeare().files());
    assertThatThrownBy(() -> Corpus.of(List.of("bundled:other")))
        .hasMessageContainingAll("bundled:other", "bundled:tiny-shakespeare");
  }

  @Test
  void oneCorpusCanBeTakenOutOfAnother() throws IOException {
    write("a.txt", "a".getBytes(UTF_8));
    write("b.txt", "b".getBytes(UTF_8));
    Corpus all = Corpus.of(List.of(folder.toString()));
    Corpus one = Corpus.of(List.of(folder.resolve("./a.txt").toString()));
    assertThat(all.without(one).files()).containsExactly(all.files().get(1));
    assertThat(all.bytes()).isEqualTo(2);
  }

  private List<String> names(String... patterns) {
    return Corpus.of(Arrays.stream(patterns).map(this::inFolder).toList()).files().stream()
        .map(f -> folder.relativize(Path.of(f.identity())).toString().replace('\\', '/'))
        .toList();
  }

  private String inFolder(String pattern) {
    return pattern.equals(".") ? folder.toString() : folder + "/" + pattern;
  }

  private List<String> texts(String pattern) {
    try (Stream<String> texts = Corpus.of(List.of(inFolder(pattern))).texts()) {
      return texts.toList();
    }
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(text.getBytes(UTF_8));
    }
    return out.toByteArray();
  }
}
