package dev.myna.text.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.Progress;
import dev.myna.text.TokenizerException;
import dev.myna.text.split.Behavior;
import dev.myna.text.split.PatternSplit;
import dev.myna.text.train.UnigramLearner.Piece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class WordLearningTest {
  private static final JsonNode CASES = BpeLearningTest.json("word-cases.json").get("cases");

  /** The words of the texts that the reference learned from, cut at white space. */
  private static WordCounts words() {
    return WordCounter.count(
        BpeLearningTest.texts(),
        () -> PieceCounter.of(null, PatternSplit.regex("\\s+", Behavior.REMOVED, false)),
        2,
        Progress.NONE);
  }

  private static List<String> tokens(String name) {
    return CASES
        .valueStream()
        .filter(c -> c.get("name").asString().equals(name))
        .flatMap(c -> c.get("tokens").valueStream())
        .map(JsonNode::asString)
        .toList();
  }

  private static Set<String> names(JsonNode object) {
    return new TreeSet<>(object.propertyNames());
  }

  @Test
  void wordPieceLearnsTheTokensThatHuggingFaceLearns() {
    VocabularyOptions options =
        VocabularyOptions.ofSize(1300)
            .withSpecialTokens("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
    JsonNode learned = WordPieceTrainer.of(options).json(words(), Progress.NONE);

    // The reference gives its ids in the order of a hash table, and ties follow the ids.
    Set<String> wanted = new TreeSet<>(tokens("wordpiece"));
    Set<String> found = names(learned.get("vocab"));
    assertThat(found).hasSameSizeAs(wanted);
    wanted.removeAll(found);
    assertThat(wanted).hasSizeLessThanOrEqualTo(20);
    assertThat(learned.at("/vocab/[MASK]").asInt()).isEqualTo(4);
  }

  @Test
  void wordLevelLearnsWhatHuggingFaceLearns() {
    VocabularyOptions options =
        VocabularyOptions.ofSize(300).withMinimumFrequency(2).withSpecialTokens("[UNK]");
    JsonNode learned = new WordLevelTrainer(options, "[UNK]").json(words());

    assertThat(new ArrayList<>(learned.get("vocab").propertyNames()))
        .isEqualTo(tokens("wordlevel"));
  }

  private static UnigramTrainer unigram(int size) {
    return UnigramTrainer.of(
        VocabularyOptions.ofSize(size).withSpecialTokens("<pad>", "<unk>"), "<unk>");
  }

  @Test
  void unigramLearnsTheSameOnAnyNumberOfThreads() {
    JsonNode one = unigram(900).json(words(), 1, Progress.NONE);

    assertThat(unigram(900).json(words(), 3, Progress.NONE)).isEqualTo(one);
    assertThat(one.get("vocab").size()).isEqualTo(900);
    assertThat(one.get("unk_id").asInt()).isEqualTo(1);
    assertThat(one.at("/vocab/1/0").asString()).isEqualTo("<unk>");
  }

  @Test
  void unigramFindsTheWordsThatATextIsMadeOf() {
    WordCounts words = new WordCounts();
    List<String> parts = List.of("alpha", "beta", "gamma", "delta");
    for (int i = 0; i < 64; i++) {
      words.add(parts.get(i % 4) + parts.get(i / 4 % 4) + parts.get(i / 16), 10);
    }
    List<Piece> learned = UnigramLearner.learn(words, 15, unigram(17), 1, Progress.NONE);

    assertThat(learned.stream().map(Piece::text)).containsAll(parts);
  }

  @Property(tries = 100)
  void unigramKeepsEveryCharacter(
      @ForAll @Size(min = 1, max = 30)
          List<@AlphaChars @StringLength(min = 1, max = 12) String> texts) {
    WordCounts words = new WordCounts();
    texts.forEach(text -> words.add(text, 1));
    Set<String> characters =
        texts.stream().flatMap(t -> Arrays.stream(t.split(""))).collect(Collectors.toSet());
    List<Piece> learned =
        UnigramLearner.learn(words, characters.size() + 3, unigram(100), 2, Progress.NONE);

    assertThat(learned.stream().map(Piece::text)).containsAll(characters);
    assertThat(learned).hasSizeLessThanOrEqualTo(characters.size() + 3);
    assertThat(learned).isSortedAccordingTo((a, b) -> Double.compare(b.score(), a.score()));
    assertThat(learned).allMatch(piece -> Double.isFinite(piece.score()));
  }

  @Test
  void unigramRefusesAVocabularySmallerThanTheAlphabet() {
    WordCounts words = new WordCounts().add("abcdefgh", 1);

    assertThatThrownBy(() -> unigram(6).json(words, 1, Progress.NONE))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining("needs 8 tokens");
  }

  @Test
  void unknownTokensMustBeSpecial() {
    assertThatThrownBy(() -> WordPieceTrainer.of(VocabularyOptions.ofSize(100)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[UNK]");
  }
}
