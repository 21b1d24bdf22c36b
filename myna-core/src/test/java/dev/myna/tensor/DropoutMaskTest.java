package dev.myna.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DropoutMaskTest {
  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BFLOAT16", "FLOAT16"})
  void dropsItsShareAndMakesUpForIt(DType dtype) {
    try (Scope scope = Scope.open()) {
      int n = 1_000_003;
      float[] mask = DropoutMask.draw(0.3, 5, dtype, n).to(DType.FLOAT32).toFloats();
      double sum = 0;
      int dropped = 0;
      for (float m : mask) {
        assertThat(m == 0 || Math.abs(m * 0.7 - 1) < 4e-3).isTrue();
        sum += m;
        dropped += m == 0 ? 1 : 0;
      }
      assertThat(dropped / (double) n).isCloseTo(0.3, within(0.0023)); // five deviations
      assertThat(sum / n).isCloseTo(1, within(0.0073));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BFLOAT16"})
  void elementsKnowNothingOfEachOther(DType dtype) {
    try (Scope scope = Scope.open()) {
      int n = 1 << 20;
      float[] mask = DropoutMask.draw(0.5, 9, dtype, n).to(DType.FLOAT32).toFloats();
      float[] other = DropoutMask.draw(0.5, 10, dtype, n).to(DType.FLOAT32).toFloats();
      for (int lag : new int[] {1, 2, 3, 16, 64, 256, 4096, 8192}) {
        assertThat(alike(mask, 0, mask, lag)).isCloseTo(0.5, within(0.0025));
      }
      assertThat(alike(mask, 0, other, 0)).isCloseTo(0.5, within(0.0025));
      double spread = 0;
      for (int block = 0; block < n; block += 256) {
        int kept = 0;
        for (int i = 0; i < 256; i++) {
          kept += mask[block + i] > 0 ? 1 : 0;
        }
        spread += (kept - 128.0) * (kept - 128.0) / 64; // of variance n p (1 - p)
      }
      assertThat(spread / (n / 256.0)).isCloseTo(1, within(0.11)); // five deviations
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BFLOAT16"})
  void oddSizesAndCertaintiesAreWhole(DType dtype) {
    try (Scope scope = Scope.open()) {
      for (int n : new int[] {1, 2, 3, 4095, 4097, 8191, 8192, 8193, 20_001}) {
        assertThat(DropoutMask.draw(0, 1, dtype, n).to(DType.FLOAT32).toFloats())
            .containsOnly(1f)
            .hasSize(n);
        assertThat(DropoutMask.draw(1, 1, dtype, n).to(DType.FLOAT32).toFloats())
            .containsOnly(0f)
            .hasSize(n);
      }
      float[] first = DropoutMask.draw(0.5, 3, dtype, 30_000).to(DType.FLOAT32).toFloats();
      assertThat(DropoutMask.draw(0.5, 3, dtype, 30_000).to(DType.FLOAT32).toFloats())
          .isEqualTo(first);
    }
  }

  @Test
  void aProbabilityBelowZeroOrAboveOneIsRefused() {
    for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> DropoutMask.draw(wrong, 1, DType.FLOAT32, 4))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("from 0 to 1");
    }
  }

  /** The share of elements which both masks keep or both drop. */
  private static double alike(float[] a, int from, float[] b, int lag) {
    int same = 0;
    int count = a.length - lag;
    for (int i = from; i < count; i++) {
      same += (a[i] > 0) == (b[i + lag] > 0) ? 1 : 0;
    }
    return same / (double) count;
  }
}
