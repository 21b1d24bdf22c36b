package dev.myna.text.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.MynaException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaggedReaderTest {
  private static final List<TaggedSentence> TWO =
      List.of(
          new TaggedSentence(List.of("EU", "rejects", "German"), List.of("B-ORG", "O", "B-MISC")),
          new TaggedSentence(List.of("Peter", "Blackburn"), List.of("B-PER", "I-PER")));

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void columnsHaveTabsOrSpacesBetweenThem() throws IOException {
    String spaced =
        """
        -DOCSTART- -X- -X- O

        EU NNP B-NP B-ORG
        rejects VBZ  B-VP O
        German JJ B-NP B-MISC\u0020

        -DOCSTART- -X- -X- O
        Peter NNP B-NP B-PER
        Blackburn NNP I-NP I-PER\
        """;
    String tabbed =
        "\ufeffEU\tB-ORG\r\nrejects\tO\r\nGerman\tB-MISC\r\n\r\n \r\nPeter\tB-PER\r\n"
            + "Blackburn\tI-PER\r\n\r\n";

    assertThat(TaggedReader.read(file("spaced.conll", spaced))).isEqualTo(TWO);
    assertThat(TaggedReader.read(file("tabbed.tsv", tabbed))).isEqualTo(TWO);
    assertThat(TaggedReader.read(file("wide.txt", "New York\tB-LOC\n\u3000\tO\n")))
        .containsExactly(new TaggedSentence(List.of("New York", "\u3000"), List.of("B-LOC", "O")));
  }

  @Test
  void packedFilesAreUnpacked() throws IOException {
    Path packed = folder.resolve("two.conll.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(
          "EU B-ORG\nrejects O\nGerman B-MISC\n\nPeter B-PER\nBlackburn I-PER\n"
              .getBytes(StandardCharsets.UTF_8));
    }
    assertThat(TaggedReader.read(packed)).isEqualTo(TWO);
  }

  @Test
  void listsOfWordsAndTags() throws IOException {
    Path file =
        file(
            "two.jsonl",
            """
            {"id": 0, "tokens": ["EU", "rejects", "German"], "ner_tags": ["B-ORG", "O", "B-MISC"]}

            {"words": ["Peter", "Blackburn"], "labels": ["B-PER", "I-PER"]}
            {"words": [], "tags": []}
            """);
    assertThat(TaggedReader.read(file)).isEqualTo(TWO);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.conll | EU B-ORG\\nrejects\\n | line 2 of * is \"rejects\"",
        "a.conll | EU\\tB-ORG\\nrejects\\t\\n | line 2 of *",
        "a.conll | EU\\tB-ORG\\n\\tO\\n | line 2 of *",
        "a.conll | -DOCSTART- O\\n\\n | has none",
        "a.jsonl | {\"tokens\": [\"a\"], \"tags\": [\"O\", \"O\"]} | line 1 of * has 1 words and 2",
        "a.jsonl | {\"tokens\": [\"a\"], \"ner_tags\": [3]} | no list of texts as its \"ner_tags\"",
        "a.jsonl | {\"tokens\": \"a\", \"tags\": [\"O\"]} | no list of texts as its \"tokens\"",
        "a.jsonl | {\"tokens\": [\"a\"], \"tags\": [\" \"]} | line 1 of * has an empty tag",
        "a.jsonl | {\"text\": [\"a\"]} | has no member named like [tokens, words]",
        "a.jsonl | [\"a\"] | has no member named like [tokens, words]",
        "a.jsonl | \\n{\"tokens | line 2 of * is no JSON",
      })
  void whatCannotBeReadIsNamed(String name, String text, String message) throws IOException {
    Path file = file(name, text.replace("\\n", "\n").replace("\\t", "\t"));
    assertThatThrownBy(() -> TaggedReader.read(file))
        .isInstanceOf(TaggingException.class)
        .hasMessageContaining(message.replace("*", file.toString()).strip());
  }

  @Test
  void bytesThatAreNoTextAreNamed() throws IOException {
    Path file = folder.resolve("latin.conll");
    Files.write(file, "EU O\nMünchen B-LOC\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> TaggedReader.read(file))
        .isInstanceOf(MynaException.class)
        .hasMessageContaining("Line 2 of " + file + " is not UTF-8");
    assertThat(TaggedReader.read(file, StandardCharsets.ISO_8859_1).getFirst().words())
        .containsExactly("EU", "München");
    assertThatThrownBy(() -> TaggedReader.read(folder.resolve("absent.conll")))
        .isInstanceOf(MynaException.class)
        .hasMessageContaining("absent.conll");
  }

  @Test
  void wordsAreWrittenBackWithAnotherColumn() throws IOException {
    Path file = file("words.conll", "-DOCSTART-\n\nEU  NNP \nrejects VBZ\n\nPeter\tNNP\n");
    ConllFile words = ConllFile.read(file, StandardCharsets.UTF_8);

    assertThat(words.sentences()).containsExactly(List.of("EU", "rejects"), List.of("Peter"));
    assertThat(words.with(List.of(List.of("B-ORG", "O"), List.of("B-PER"))))
        .containsExactly(
            "-DOCSTART-", "", "EU  NNP B-ORG", "rejects VBZ O", "", "Peter\tNNP\tB-PER");
    Path empty = file("empty.conll", "\n\n");
    assertThatThrownBy(() -> ConllFile.read(empty, StandardCharsets.UTF_8))
        .isInstanceOf(TaggingException.class)
        .hasMessageContaining("has none");
    Path blank = file("blank.conll", "a\n\tO\n");
    assertThatThrownBy(() -> ConllFile.read(blank, StandardCharsets.UTF_8))
        .isInstanceOf(TaggingException.class)
        .hasMessageContaining("line 2");
  }
}
