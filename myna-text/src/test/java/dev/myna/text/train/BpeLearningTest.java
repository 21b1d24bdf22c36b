package dev.myna.text.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.Progress;
import dev.myna.text.Tokenizer;
import dev.myna.text.model.Bpe;
import dev.myna.text.model.Merge;
import dev.myna.text.split.Behavior;
import dev.myna.text.split.ByteLevelSplit;
import dev.myna.text.split.PatternSplit;
import dev.myna.text.split.PreTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BpeLearningTest {
  private static final JsonNode CASES = json("bpe-cases.json");

  static JsonNode json(String name) {
    try (InputStream in = BpeLearningTest.class.getResourceAsStream(name)) {
      return JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<String> texts() {
    return strings(CASES.get("texts"));
  }

  private static List<String> strings(@Nullable JsonNode list) {
    List<String> strings = new ArrayList<>();
    if (list != null) {
      list.forEach(item -> strings.add(item.asString()));
    }
    return strings;
  }

  static Stream<String> names() {
    return CASES.get("cases").valueStream().map(c -> c.get("name").asString());
  }

  @ParameterizedTest
  @MethodSource("names")
  void learnsWhatHuggingFaceLearns(String name) {
    JsonNode wanted =
        CASES
            .get("cases")
            .valueStream()
            .filter(c -> c.get("name").asString().equals(name))
            .findFirst()
            .orElseThrow();
    Bpe learned = (Bpe) spec(wanted).learn(texts(), Progress.NONE).model();

    assertThat(merges(learned)).isEqualTo(merges(wanted.get("merges")));
    assertThat(learned.vocabulary().tokens()).isEqualTo(strings(wanted.get("tokens")));
  }

  private static TokenizerSpec spec(JsonNode wanted) {
    JsonNode given = wanted.get("options");
    VocabularyOptions options =
        VocabularyOptions.ofSize(given.get("vocab_size").asInt())
            .withMinimumFrequency(given.path("min_frequency").asInt(0))
            .withSpecialTokens(strings(given.get("special_tokens")))
            .withMaximumTokenLength(given.path("max_token_length").asInt(Integer.MAX_VALUE))
            .withInitialAlphabet(String.join("", strings(given.get("initial_alphabet"))));
    PreTokenizer split =
        switch (wanted.get("pre").asString()) {
          case "byte" -> new ByteLevelSplit(false, true, true);
          case "space" -> PatternSplit.regex("\\s+", Behavior.REMOVED, false);
          default -> null;
        };
    return new TokenizerSpec(null, split, null, null, BpeTrainer.of(options), false);
  }

  private static List<String> merges(Bpe model) {
    return model.merges().stream().map(m -> m.left() + " + " + m.right()).toList();
  }

  private static List<String> merges(JsonNode merges) {
    return merges
        .valueStream()
        .map(m -> m.get(0).asString() + " + " + m.get(1).asString())
        .toList();
  }

  @Test
  void learnsTheReferenceOfCs336() throws IOException {
    String corpus = text("cs336/corpus.en");
    BpeTrainer trainer =
        BpeTrainer.of(VocabularyOptions.ofSize(500).withSpecialTokens("<|endoftext|>"))
            .withTies(TieBreak.GREATEST_BYTES);
    TokenizerSpec spec = TokenizerSpec.byteLevelBpe(trainer.options());
    Tokenizer learned =
        spec.withTrainer(trainer.withOptions(spec.trainer().options()))
            .withCutAtSpecialTokens(true)
            .learn(List.of(corpus), Progress.NONE);

    Bpe model = (Bpe) learned.model();
    String merges =
        model.merges().stream()
            .map(m -> m.left() + " " + m.right() + "\n")
            .collect(Collectors.joining());
    assertThat(merges).isEqualTo(text("cs336/train-bpe-reference-merges.txt"));
    Map<String, Integer> vocabulary = new LinkedHashMap<>();
    model.vocabulary().forEach(vocabulary::put);
    Map<String, Integer> wanted = new LinkedHashMap<>();
    json("cs336/train-bpe-reference-vocab.json")
        .forEachEntry((token, id) -> wanted.put(token, id.asInt()));
    assertThat(vocabulary).isEqualTo(wanted);
  }

  private static String text(String name) throws IOException {
    try (InputStream in = BpeLearningTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Property(tries = 20)
  void learnsTheSameOnAnyNumberOfThreads(@ForAll @IntRange(min = 2, max = 7) int threads) {
    TokenizerSpec spec = TokenizerSpec.byteLevelBpe(VocabularyOptions.ofSize(400));

    assertThat(spec.learn(texts(), threads, Progress.NONE).fingerprint())
        .isEqualTo(spec.learn(texts(), 1, Progress.NONE).fingerprint());
  }

  @Property(tries = 50)
  void everyTextComesBackFromBytes(@ForAll List<String> texts, @ForAll String text) {
    Tokenizer learned =
        TokenizerSpec.byteLevelBpe(VocabularyOptions.ofSize(300)).learn(texts, 2, Progress.NONE);
    String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

    assertThat(learned.decode(learned.ids(whole))).isEqualTo(whole);
  }

  @Test
  void specialTokensComeFirstAndAreFound() {
    Tokenizer learned =
        TokenizerSpec.byteLevelBpe(
                VocabularyOptions.ofSize(300).withSpecialTokens("<pad>", "<unk>", "<bos>"))
            .learn(texts(), Progress.NONE);

    assertThat(learned.token(0)).isEqualTo("<pad>");
    assertThat(learned.id("<bos>")).hasValue(2);
    assertThat(learned.vocabularySize()).isEqualTo(300);
  }

  @Test
  void emptyTextGivesTheInitialAlphabet() {
    Tokenizer learned =
        TokenizerSpec.byteLevelBpe(VocabularyOptions.ofSize(1000)).learn(List.of(), Progress.NONE);

    assertThat(learned.vocabularySize()).isEqualTo(256);
  }

  @Test
  void alphabetLimitKeepsTheMostFrequentCharacters() {
    WordCounts words = new WordCounts().add("aaabbc", 2).add("dd", 10);

    assertThat(Alphabet.of(words, "", 2)).containsExactly("a", "d");
    assertThat(Alphabet.of(words, "z", 2)).containsExactly("d", "z");
  }

  @Test
  void charactersAreLearnedInTheirOrder(@TempDir Path folder) {
    Tokenizer learned =
        TokenizerSpec.characters(VocabularyOptions.ofSize(100).withSpecialTokens("<unk>"), "<unk>")
            .learn(List.of("hello", "world"), Progress.NONE);
    learned.save(folder);

    assertThat(learned.model().vocabulary().tokens())
        .containsExactly("<unk>", "d", "e", "h", "l", "o", "r", "w");
    assertThat(Tokenizer.load(folder).ids("held!")).isEqualTo(learned.ids("held!"));
    assertThat(learned.ids("old?")).containsExactly(5, 4, 1, 0);
  }

  @Test
  void oneEndlessWordIsLearnedInItsLength() {
    Bpe model =
        BpeTrainer.of(VocabularyOptions.ofSize(40))
            .learn(new WordCounts().add("ab".repeat(500_000), 1), 1, Progress.NONE);

    assertThat(model.merges().getFirst()).isEqualTo(new Merge("a", "b"));
  }

  @Test
  void stopsWhenInterrupted() {
    Iterable<String> endless =
        () ->
            new Iterator<>() {
              @Override
              public boolean hasNext() {
                return true;
              }

              @Override
              public String next() {
                return "the same words again and again ".repeat(100);
              }
            };
    TokenizerSpec spec = TokenizerSpec.byteLevelBpe(VocabularyOptions.ofSize(300));
    Thread learner = Thread.currentThread();
    Progress interrupting = (what, done, total) -> learner.interrupt();

    assertThatThrownBy(() -> spec.learn(endless, interrupting))
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void refusesOptionsThatCannotBe() {
    assertThatThrownBy(() -> VocabularyOptions.ofSize(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1");
    assertThatThrownBy(() -> VocabularyOptions.ofSize(5).withSpecialTokens("a", "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("differ");
  }
}
