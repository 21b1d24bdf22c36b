package dev.myna.text.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyzerTest {
  private static List<String> terms(AnalyzerSpec spec, String text) {
    return spec.analyzer().terms(text);
  }

  @Test
  void englishWordsAreStemmed() {
    AnalyzerSpec words = AnalyzerSpec.WORDS;
    String text = "Relational conditions were generously running";
    assertThat(terms(words.withStemmer(Stemmer.PORTER), text))
        .containsExactly("relat", "condit", "were", "gener", "run");
    assertThat(terms(words.withStemmer(Stemmer.ENGLISH), text))
        .containsExactly("relat", "condit", "were", "generous", "run");
    assertThat(terms(words.withStemmer(Stemmer.KROVETZ), "countries stopped"))
        .containsExactly("country", "stop");
  }

  @Test
  void russianWordsAreStemmed() {
    assertThat(terms(AnalyzerSpec.WORDS.withStemmer(Stemmer.RUSSIAN), "книгами красивыми"))
        .containsExactly("книг", "красив");
    assertThat(terms(AnalyzerSpec.RUSSIAN_SEARCH, "и в лесу родилась"))
        .containsExactly("лес", "род");
  }

  @Test
  void chineseWordsAreFound() {
    assertThat(terms(AnalyzerSpec.CHINESE_SEARCH, "今天天气好，我们去公园吧。"))
        .contains("今天", "天气", "我们", "公园")
        .doesNotContain(",", "。");
  }

  @Test
  void lemmasComeBeforeTheStemmer() {
    AnalyzerSpec spec =
        AnalyzerSpec.WORDS
            .withLemmas(Map.of("went", "go", "was", "be"))
            .withStemmer(Stemmer.PORTER);
    assertThat(terms(spec, "He went, was going")).containsExactly("he", "go", "be", "go");
  }

  @Test
  void dictionariesNameTheirBadLine(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("lemmas.tsv");
    Files.writeString(file, "# forms\nwent\tgo\n\nwas be\n");
    assertThatThrownBy(() -> Lemmas.read(file))
        .isInstanceOf(FeatureException.class)
        .hasMessageContaining("line 4");
    Files.writeString(file, "went\tgo\nwas\tbe\n");
    assertThat(Lemmas.read(file)).containsEntry("went", "go").hasSize(2);
    Files.write(file, "went\tgo\n\u00e9\tx".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> Lemmas.read(file)).hasMessageContaining("Line 2 of");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      // A file with a hole: zeros that take no room.
      assertThat(channel.write(ByteBuffer.allocate(1), Documents.LONGEST + 20L)).isEqualTo(1);
    }
    assertThatThrownBy(() -> Lemmas.read(file))
        .isInstanceOf(FeatureException.class)
        .hasMessageContaining("line 2 of");
  }

  @Test
  void sentencesEndWhereTheyEnd() {
    assertThat(Sentences.split("Mr. Smith met J. K. Rowling. They spoke! Did they?  Yes."))
        .containsExactly("Mr. Smith met J. K. Rowling.", "They spoke!", "Did they?", "Yes.");
    assertThat(Sentences.split("Он жил на ул. Пушкина. Потом уехал.")).hasSize(2);
    assertThat(Sentences.split("今天天气好。我们去公园吧！")).hasSize(2);
    assertThat(Sentences.split("  ")).isEmpty();
    assertThat(terms(AnalyzerSpec.WORDS.withUnit(Unit.SENTENCE).withNgrams(1, 2), "One. Two."))
        .containsExactly("one.", "two.", "one. two.");
  }

  @Test
  void stopWordListsHaveTheirSizes() {
    assertThat(StopWords.english()).hasSize(318);
    assertThat(StopWords.lucene()).hasSize(33).contains("the");
    assertThat(StopWords.russian()).hasSize(159).contains("и");
    assertThat(StopWords.chinese()).contains("，");
  }

  @Test
  void patternsAreCheckedAtOnce() {
    assertThatThrownBy(() -> AnalyzerSpec.WORDS.withTokenPattern("(a)(b)"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one capturing group");
    assertThatThrownBy(() -> AnalyzerSpec.WORDS.withTokenPattern("[a"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AnalyzerSpec.WORDS.withNgrams(2, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(terms(AnalyzerSpec.WORDS.withTokenPattern("[]&\\w]+"), "a&b ]x y"))
        .containsExactly("a&b", "]x", "y");
  }

  @Test
  void aVocabularyHasItsSpecialTokensFirst() {
    Vocabulary vocabulary =
        Vocabulary.build(
            List.of("bb aa", "aa cc", "aa bb"),
            AnalyzerSpec.WORDS,
            List.of("<pad>", "<unk>"),
            Frequency.count(2),
            Optional.empty(),
            100);
    assertThat(vocabulary.terms()).containsExactly("<pad>", "<unk>", "aa", "bb");
    assertThat(vocabulary.id("aa")).hasValue(2);
    assertThat(vocabulary.id("cc")).isEmpty();
  }

  @Property(tries = 100)
  void anyTextIsAnalyzed(
      @ForAll @StringLength(max = 60) String text, @ForAll @IntRange(min = 1, max = 4) int n) {
    for (Unit unit : Unit.values()) {
      for (Accents accents : Accents.values()) {
        AnalyzerSpec spec = AnalyzerSpec.WORDS.withUnit(unit).withAccents(accents).withNgrams(1, n);
        assertThat(terms(spec, text)).isEqualTo(terms(spec, text)).doesNotContain("");
      }
    }
    assertThat(terms(AnalyzerSpec.WORDS, text))
        .isEqualTo(terms(AnalyzerSpec.WORDS.withTokenPattern("\\b\\w\\w+\\b"), text));
  }
}
