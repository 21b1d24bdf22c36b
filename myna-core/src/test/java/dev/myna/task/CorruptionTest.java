package dev.myna.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways to spoil texts for models to restore. */
class CorruptionTest {
  private static final int MASK = 3;

  private static int[] text(int length) {
    return IntStream.range(10, 10 + length).toArray();
  }

  @Test
  void masksAsBertDoes() {
    Masking masking = Masking.bert(MASK, 1000);
    int[] ids = text(10_000);
    boolean[] special = new boolean[ids.length];
    special[0] = true;

    Masking.Masked masked = masking.mask(ids, special, special, new Random(1));

    long chosen = Arrays.stream(masked.targets()).filter(t -> t != Batch.IGNORED).count();
    long hidden = Arrays.stream(masked.ids()).filter(id -> id == MASK).count();
    long kept =
        IntStream.range(0, ids.length)
            .filter(i -> masked.targets()[i] != Batch.IGNORED && masked.ids()[i] == ids[i])
            .count();
    assertThat(chosen).isEqualTo(1500);
    assertThat(hidden / 1500.0).isCloseTo(0.8, within(0.04));
    assertThat(kept / 1500.0).isCloseTo(0.1, within(0.03));
    assertThat(masked.targets()[0]).isEqualTo(Batch.IGNORED);
    for (int i = 0; i < ids.length; i++) {
      boolean asked = masked.targets()[i] != Batch.IGNORED;
      assertThat(asked ? masked.targets()[i] : masked.ids()[i]).isEqualTo(ids[i]);
    }
  }

  @Test
  void masksWholeWords() {
    Masking masking = new Masking(0.3, 1, 0, MASK, 1000, true);
    boolean[] continues = new boolean[90];
    for (int i = 0; i < 90; i++) {
      continues[i] = i % 3 != 0;
    }

    int[] read = masking.mask(text(90), new boolean[90], continues, new Random(2)).ids();

    for (int word = 0; word < 90; word += 3) {
      long hidden = IntStream.range(word, word + 3).filter(i -> read[i] == MASK).count();
      int from = word;
      assertThat(hidden % 3).as(() -> "word at " + from).isZero();
    }
    assertThat(Arrays.stream(read).filter(id -> id == MASK).count()).isEqualTo(27);
  }

  @Test
  void wholeWordsDoNotExceedTheShare() {
    Masking masking = Masking.bert(MASK, 1000).ofWholeWords();
    Random random = new Random(9);
    long asked = 0;
    for (int round = 0; round < 200; round++) {
      boolean[] continues = new boolean[40]; // words of up to 6 pieces
      for (int i = 0, left = 0; i < 40; i++, left--) {
        continues[i] = left > 0;
        left = left > 0 ? left : 1 + random.nextInt(6);
      }
      Masking.Masked masked = masking.mask(text(40), new boolean[40], continues, random);
      long chosen = Arrays.stream(masked.targets()).filter(t -> t != Batch.IGNORED).count();
      assertThat(chosen).isBetween(1L, 6L); // 15 % of 40
      asked += chosen;
    }
    assertThat(asked / (200 * 40.0)).isCloseTo(0.15, within(0.01));
  }

  @Test
  void ofWordsThatAreAllTooLongTheShortestIsChosen() {
    boolean[] continues = {false, true, true, true, false, true, true, false, true, true, true};

    Masking.Masked masked =
        Masking.bert(MASK, 100)
            .ofWholeWords()
            .mask(text(11), new boolean[11], continues, new Random(3));

    assertThat(IntStream.range(0, 11).filter(i -> masked.targets()[i] != Batch.IGNORED))
        .containsExactly(4, 5, 6);
  }

  @Test
  void asksForOneTokenAtLeast() {
    Masking.Masked masked =
        Masking.bert(MASK, 100).mask(text(2), new boolean[2], new boolean[2], new Random(3));

    assertThat(masked.targets()).containsOnlyOnce(Batch.IGNORED);
  }

  @Test
  void whatIsTakenOutAndWhatRemainsMakeTheText() {
    SpanCorruption spans = SpanCorruption.t5(999, 100);
    int[] ids = text(200);
    SpanCorruption.Corrupted corrupted = spans.corrupt(ids, new Random(4));

    int[] restored = new int[200];
    int at = 0;
    int taken = 0;
    for (int id : corrupted.source()) {
      if (id < 900) {
        restored[at++] = id;
        continue;
      }
      assertThat(corrupted.target()[taken++]).isEqualTo(id);
      while (corrupted.target()[taken] < 900) {
        restored[at++] = corrupted.target()[taken++];
      }
    }
    assertThat(restored).isEqualTo(ids);
    // 30 tokens in 10 spans: 10 sentinels in the source, 11 in the target.
    assertThat(corrupted.source()).hasSize(180);
    assertThat(corrupted.target()).hasSize(41).startsWith(999).endsWith(989);
  }

  @Test
  void refusesTextsThatNeedMoreSentinelsThanThereAre() {
    assertThatThrownBy(() -> SpanCorruption.t5(99, 5).corrupt(text(500), new Random(5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("500 tokens needs 26 sentinels, the tokenizer has 5");
  }

  @Test
  void infillsSpansByOneMaskEach() {
    int[] ids = text(1000);
    int[] spoilt = new Denoising.TextInfilling(0.3, 3, MASK).spoil(ids, new Random(6));

    long kept = Arrays.stream(spoilt).filter(id -> id != MASK).count();
    assertThat(1000 - kept).isEqualTo(300);
    assertThat(spoilt.length - kept).isBetween(70L, 140L);
    assertThat(Arrays.stream(spoilt).filter(id -> id != MASK).toArray()).isSorted();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 0.05, 0.3, 0.5, 1, 3, 20})
  void coversItsShareWhateverTheLengths(double meanLength) {
    int[] ids = text(1000);

    int[] spoilt = new Denoising.TextInfilling(0.3, meanLength, MASK).spoil(ids, new Random(6));

    int[] kept = Arrays.stream(spoilt).filter(id -> id != MASK).toArray();
    assertThat(kept).hasSize(700).isSorted();
    // As many masks for nothing as a Poisson distribution has, but not more than tokens.
    double masks = Math.min(300 / meanLength, 1300);
    assertThat(spoilt.length - 700.0).isCloseTo(masks, within(25 + masks / 7));
  }

  @Test
  void spansOfNothingAloneStandBetweenTokens() {
    int[] spoilt = new Denoising.TextInfilling(0.3, 0, MASK).spoil(text(1000), new Random(6));

    assertThat(spoilt).hasSize(1300);
    assertThat(Arrays.stream(spoilt).filter(id -> id != MASK).toArray()).isEqualTo(text(1000));
  }

  @Test
  void masksDeletesAndRotates() {
    int[] ids = text(1000);
    Random random = new Random(7);

    int[] masked = new Denoising.TokenMasking(0.2, MASK).spoil(ids, random);
    int[] shorter = new Denoising.TokenDeletion(0.2).spoil(ids, random);
    int[] rotated = new Denoising.Rotation().spoil(ids, random);

    assertThat(Arrays.stream(masked).filter(id -> id == MASK).count()).isBetween(160L, 240L);
    assertThat(shorter.length).isBetween(760, 840);
    assertThat(rotated[0]).isNotEqualTo(10);
    assertThat(Arrays.stream(rotated).sorted().toArray()).isEqualTo(ids);
    assertThat(rotated[(rotated.length + 10 - rotated[0]) % rotated.length]).isEqualTo(10);
  }

  @Test
  void permutesSentencesWhole() {
    int end = 1;
    int[] ids = {5, 6, end, 7, end, 8, 9, 10, end, 11};

    int[] spoilt = new Denoising.SentencePermutation(end).spoil(ids, new Random(1));

    assertThat(spoilt).isNotEqualTo(ids).hasSameSizeAs(ids);
    String text = Arrays.toString(spoilt);
    assertThat(text).contains("5, 6, 1").contains("8, 9, 10, 1").contains("11");
  }

  @Test
  void halfOfThePairsFollowEachOther() {
    List<List<int[]>> documents =
        IntStream.range(0, 20)
            .mapToObj(d -> IntStream.range(0, 5).mapToObj(s -> new int[] {100 * d + s}).toList())
            .toList();
    Random random = new Random(8);
    int following = 0;
    for (int i = 0; i < 400; i++) {
      SentencePairs.Pair pair = SentencePairs.NEXT.draw(documents, random);
      boolean next = pair.second()[0] == pair.first()[0] + 1;
      assertThat(next).isEqualTo(pair.label() == 0);
      following += next ? 1 : 0;
      SentencePairs.Pair order = SentencePairs.ORDER.draw(documents, random);
      assertThat(order.second()[0] - order.first()[0]).isEqualTo(order.label() == 0 ? 1 : -1);
    }
    assertThat(following).isBetween(160, 240);
  }

  @Test
  void joinsPairsWithinALength() {
    SentencePairs.Pair pair = new SentencePairs.Pair(text(6), text(2), 0);

    SentencePairs.Joined joined = SentencePairs.Joined.of(pair, 1, 2, 8);

    assertThat(joined.ids()).containsExactly(1, 10, 11, 12, 2, 10, 11, 2);
    assertThat(joined.segments()).containsExactly(0, 0, 0, 0, 0, 1, 1, 1);
  }
}
