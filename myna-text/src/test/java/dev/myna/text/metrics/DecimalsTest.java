package dev.myna.text.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts as Python and sacreBLEU print them. */
class DecimalsTest {
  @Test
  void aHalfGoesToTheEvenNeighbourOfTheExactValue() {
    assertThat(Decimals.text(0.125, 2)).isEqualTo("0.12");
    assertThat(Decimals.text(0.375, 2)).isEqualTo("0.38");
    assertThat(Decimals.text(6.25, 1)).isEqualTo("6.2");
    assertThat(Decimals.text(1.005, 2)).isEqualTo("1.00"); // the double is a little less
    assertThat(Decimals.text(1e22, 2)).isEqualTo("10000000000000000000000.00");
    assertThat(Decimals.text(Double.NaN, 2)).isEqualTo("NaN");
  }

  @Test
  void scoresAndSignaturesReadAsSacreBleus() {
    var bleu =
        new BleuScore(
            3.125, List.of(6.25, 3.35), 0.0625, 1, 16, List.of(1L, 1L), List.of(16L, 30L), "s");
    assertThat(bleu)
        .hasToString("BLEU|s = 3.12 6.2/3.4 (BP = 0.062 ratio = 0.062 hyp_len = 1 ref_len = 16)");
    assertThat(new TerScore(3.125, 1, 32, "s")).hasToString("TER|s = 3.12");
    assertThat(new ChrfScore("chrF2", 3.125, "s")).hasToString("chrF2|s = 3.12");
    assertThat(new Smoothing.Floor(0.125).label()).isEqualTo("floor[0.12]");
    assertThat(new Smoothing.AddK(0.625).label()).isEqualTo("add-k[0.62]");
  }

  @Test
  void decimalNumbersAreRead() {
    assertThat(Decimals.parse("-12.5e-1")).isEqualTo(-1.25);
    assertThat(Decimals.parse("+.5")).isEqualTo(0.5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1d", "3f", "0x1p3", "NaN", "Infinity", " 1", "1 ", "1-2", "."})
  void allElseIsRefused(String text) {
    assertThatThrownBy(() -> Decimals.parse(text)).isInstanceOf(NumberFormatException.class);
  }
}
