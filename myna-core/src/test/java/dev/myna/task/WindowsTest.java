package dev.myna.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WindowsTest {
  private static TaskSettings settings(Optional<Integer> batches) {
    return new TaskSettings(4, 25, 0, batches, 1);
  }

  @Test
  void coverTheTextToItsLastToken() {
    List<List<Long>> whole = List.of(List.of(0L, 10L), List.of(20L), List.of(30L));

    assertThat(Windows.plan(35, 2, 10, 0)).isEqualTo(whole);
    assertThat(Windows.plan(35, 2, 10, 3)).isEqualTo(whole);
    assertThat(Windows.plan(35, 2, 10, 1000)).isEqualTo(whole);
  }

  @Test
  void areSpreadOverTheTextWhereSomeAreEnough() {
    assertThat(Windows.plan(100_000, 2, 10, 4))
        .containsExactly(
            List.of(0L, 10L),
            List.of(25_000L, 25_010L),
            List.of(50_000L, 50_010L),
            List.of(75_000L, 75_010L));
  }

  @Test
  void aTextShorterThanAWindowIsOne() {
    assertThat(Windows.plan(7, 2, 10, 0)).containsExactly(List.of(0L));
    assertThat(Windows.plan(7, 2, 10, 1)).containsExactly(List.of(0L));
  }

  @Test
  void halfAMillionTokensOfTextAreEnoughAndAllExamples() {
    TaskSettings unset = settings(Optional.empty());

    assertThat(unset.batchesOfText()).isEqualTo(5_001);
    assertThat(unset.batchesOfExamples()).isZero();
  }

  @Test
  void whatARecipeSaysIsDone() {
    for (int batches : new int[] {0, 7}) {
      TaskSettings set = settings(Optional.of(batches));

      assertThat(set.batchesOfText()).isEqualTo(batches);
      assertThat(set.batchesOfExamples()).isEqualTo(batches);
    }
  }
}
