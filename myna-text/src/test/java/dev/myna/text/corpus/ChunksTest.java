package dev.myna.text.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.Test;

class ChunksTest {
  private static final List<Encoder> ENCODERS =
      List.of(
          Encoders.characters(),
          Encoders.gpt2(),
          Encoders.cl100k(),
          Encoders.o200k(),
          Encoders.metaspace(),
          Encoders.prepended());

  @Test
  void partsOfShakespeareHaveTheIdsOfTheWhole() {
    String text = shakespeare();
    for (Encoder encoder : ENCODERS) {
      List<Chunk> chunks = chunks(Corpus.tinyShakespeare(), encoder, 3_000);
      assertThat(chunks).as(encoder.fingerprint()).hasSizeGreaterThan(200);
      assertThat(ids(chunks, encoder))
          .as(encoder.fingerprint())
          .isEqualTo(encoder.ids().apply(text));
    }
  }

  @Property(tries = 12)
  void partsOfAnyTextHaveTheIdsOfTheWhole(@ForAll("texts") String text) {
    withFile(
        text,
        corpus -> {
          for (Encoder encoder : ENCODERS) {
            List<Chunk> chunks = chunks(corpus, encoder, 700);
            assertThat(ids(chunks, encoder))
                .as(encoder.fingerprint())
                .isEqualTo(encoder.ids().apply(text));
            assertThat(bytes(chunks, encoder))
                .isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
          }
        });
  }

  @Tag("slow")
  @Property(tries = 150)
  void partsOfManyTextsHaveTheIdsOfTheWhole(@ForAll("texts") String text) {
    partsOfAnyTextHaveTheIdsOfTheWhole(text);
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> piece =
        Arbitraries.of(
            "word",
            "Word",
            "it's",
            "1234567",
            ".",
            "...",
            "/",
            "\n",
            "\n\n",
            "\n\n\n",
            " ",
            "   ",
            "\t",
            "\r\n",
            " \n",
            "\n ",
            "слово",
            " слово",
            "漢字",
            "。",
            "हिन्दी",
            "e\u0301",
            "\uD83D\uDC26",
            "\uD83D\uDC68\u200D\uD83D\uDC69",
            "\u00a0",
            "\u2003",
            "\u3000",
            "<|endoftext|>",
            "#",
            "'",
            "مرحبا",
            "a ",
            " b",
            "x\ny",
            "x.\ny",
            "x\n/y",
            "x.\n/y");
    return piece.list().ofMinSize(1_500).ofMaxSize(3_000).map(parts -> String.join("", parts));
  }

  @Test
  void aTextThatCannotBePartedStaysWhole() {
    String text = "abc".repeat(5_000);
    withFile(
        text,
        corpus ->
            assertThat(chunks(corpus, Encoders.pairs(), 1_000).getFirst().runs())
                .containsExactly(
                    new Chunk.Run(text, corpus.files().getFirst().name(), true, true, false)));
  }

  @Test
  void aTextThatCannotBePartedAndIsTooLongIsRefused() {
    String text = "abc".repeat(Chunks.LONGEST_UNCUT / 2);
    withFile(
        text,
        corpus ->
            assertThatThrownBy(() -> chunks(corpus, Encoders.pairs(), Chunks.CHUNK_CHARS))
                .isInstanceOf(CorpusException.class)
                .hasMessageContainingAll(corpus.files().getFirst().name(), "break it into lines"));
  }

  @Test
  void oneEndlessLineIsPartedForATokenizerOfCharacters() {
    withFile(
        "acgt".repeat(100_000),
        corpus -> {
          List<Chunk> chunks = chunks(corpus, Encoders.characters(), 10_000);
          assertThat(chunks).hasSizeGreaterThan(30);
          assertThat(chunks).allMatch(c -> c.runs().getFirst().text().length() <= 11_000);
        });
  }

  @Test
  void smallDocumentsGoTogetherAndKeepTheirEnds() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      lines.append("{\"text\": \"document ").append(i).append("\"}\n");
    }
    withFile(
        lines.toString(),
        ".jsonl",
        corpus -> {
          List<Chunk> chunks = chunks(corpus, Encoders.gpt2(), 2_000);
          assertThat(chunks).hasSizeBetween(5, 30);
          List<Chunk.Run> runs = chunks.stream().flatMap(c -> c.runs().stream()).toList();
          assertThat(runs).hasSize(1_000).allMatch(r -> r.begins() && r.ends());
        });
  }

  private static String shakespeare() {
    try (Stream<String> texts = Corpus.tinyShakespeare().texts()) {
      return String.join("", texts.toList());
    }
  }

  private static List<Chunk> chunks(Corpus corpus, Encoder encoder, int chars) {
    try (CorpusReader reader = corpus.read()) {
      Chunks chunks = new Chunks(reader, SafeCut.of(encoder.ids()), Long.MAX_VALUE, chars);
      List<Chunk> all = new ArrayList<>();
      for (Chunk chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
        all.add(chunk);
      }
      return all;
    }
  }

  private static int[] ids(List<Chunk> chunks, Encoder encoder) {
    return chunks.stream()
        .flatMap(c -> c.runs().stream())
        .flatMapToInt(r -> Arrays.stream(encoder.ids().apply(r.text())))
        .toArray();
  }

  private static long bytes(List<Chunk> chunks, Encoder encoder) {
    return chunks.stream().mapToLong(c -> encoder.encode(c, true, Separator.none()).bytes()).sum();
  }

  private static void withFile(String text, Consumer<Corpus> body) {
    withFile(text, ".txt", body);
  }

  private static void withFile(String text, String ending, Consumer<Corpus> body) {
    try {
      Path file = Files.createTempFile("corpus", ending);
      try {
        Files.writeString(file, text);
        body.accept(Corpus.of(List.of(file.toString())));
      } finally {
        Files.delete(file);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
