package dev.myna.text.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.text.corpus.CorpusException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AugmentationTest {
  private static final String TEXT = "the quick  brown fox jumps over\tthe lazy dog ";
  private static final List<String> WORDS = Arrays.asList(TEXT.strip().split("\\s+"));

  private static List<String> words(Augmentation augmentation, String text, long seed) {
    return Arrays.asList(augmentation.of(text, new Random(seed)).split(" "));
  }

  @Property(tries = 100)
  void deletionKeepsSomeWordsInTheirOrder(
      @ForAll long seed, @ForAll @DoubleRange(min = 0, max = 0.99) double share) {
    List<String> kept = words(Augmentation.deletion(share), TEXT, seed);

    assertThat(kept).isNotEmpty();
    assertThat(WORDS).containsSubsequence(kept);
  }

  @Property(tries = 100)
  void swapsKeepEveryWord(
      @ForAll long seed, @ForAll @DoubleRange(min = 0, max = 0.99) double share) {
    assertThat(words(Augmentation.swaps(share), TEXT, seed))
        .containsExactlyInAnyOrderElementsOf(WORDS);
  }

  @Property(tries = 100)
  void aSwapIsOfTwoPlaces(@ForAll long seed) {
    List<String> before = List.of("one", "two", "three", "four", "five");
    List<String> after = words(Augmentation.swaps(0.1), String.join(" ", before), seed);

    assertThat(IntStream.range(0, 5).filter(i -> !after.get(i).equals(before.get(i)))).hasSize(2);
    assertThat(words(Augmentation.swaps(0.1), "alone", seed)).containsExactly("alone");
  }

  @Test
  void sharesDecideHowMuchChanges() {
    String text = "word ".repeat(20_000);

    assertThat(words(Augmentation.deletion(0.3), text, 1)).hasSizeBetween(13_800, 14_200);
    assertThat(words(Augmentation.deletion(0), TEXT, 1)).isEqualTo(WORDS);
    assertThat(words(Augmentation.swaps(0), TEXT, 1)).isEqualTo(WORDS);
    assertThat(words(Augmentation.swaps(0.5), TEXT, 1)).isNotEqualTo(WORDS);
  }

  @Test
  void synonymsTakeThePlaceOfWords() {
    Synonyms synonyms = Synonyms.of(List.of(List.of("quick", "fast"), List.of("dog", "hound")));

    assertThat(words(Augmentation.synonyms(synonyms, 0.999), "The Quick dog", 1))
        .containsExactly("The", "fast", "hound");
    assertThat(words(Augmentation.synonyms(synonyms, 0), "quick dog", 1))
        .containsExactly("quick", "dog");
  }

  @Test
  void oneAfterAnotherAndBackAgain() {
    Augmentation loud = Augmentation.backTranslation(text -> text + "!", text -> text + "?");

    assertThat(loud.then(Augmentation.deletion(0)).of("so  what", new Random(1)))
        .isEqualTo("so what!?");
    assertThat(Augmentation.deletion(0.5).of(" ", new Random(1))).isEqualTo(" ");
  }

  @Test
  void synonymsAreReadFromAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("synonyms.txt");
    Files.writeString(file, "# of mine\nquick, fast,\tswift\nalone\n");
    Synonyms synonyms = Synonyms.read(file);

    assertThat(synonyms.of("FAST", new Random(1))).isIn("quick", "swift");
    assertThat(synonyms.of("alone", new Random(1))).isEqualTo("alone");
  }

  @Test
  void badInputIsNamed(@TempDir Path folder) throws IOException {
    Path none = Files.writeString(folder.resolve("none.txt"), "quick\nfast\n");
    Path latin =
        Files.write(
            folder.resolve("latin.txt"), "caf\u00e9,bar".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> Augmentation.deletion(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 1.0");
    assertThatThrownBy(() -> Synonyms.read(none))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("none.txt");
    assertThatThrownBy(() -> Synonyms.read(latin))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("latin.txt");
    assertThatThrownBy(() -> Synonyms.read(folder.resolve("missing.txt")))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("missing.txt");
  }
}
