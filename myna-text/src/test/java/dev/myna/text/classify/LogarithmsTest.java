package dev.myna.text.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LogarithmsTest {
  @Test
  void equalThoseOfOneByOne() {
    Random random = new Random(7);
    double[] x = new double[4096];
    for (int i = 0; i < x.length; i++) {
      x[i] =
          i % 3 == 0
              ? Math.exp(1400 * random.nextDouble() - 700)
              : 2 * random.nextDouble() + Double.MIN_NORMAL;
    }
    x[0] = 1;
    x[1] = Math.sqrt(2);
    x[2] = Math.nextDown(2.0);
    x[3] = Double.MIN_NORMAL;
    x[4] = Double.MAX_VALUE;
    double[] logarithms = x.clone();
    new Logarithms(x.length).of(logarithms, x.length);
    for (int i = 0; i < x.length; i++) {
      double wanted = Math.log(x[i]);
      assertThat(Math.abs(logarithms[i] - wanted))
          .as("of %s", x[i])
          .isLessThanOrEqualTo(Math.ulp(wanted));
    }
  }

  @Test
  void numbersWithoutAUsualLogarithmGetMathsOwn() {
    double[] x = {0, 3, -1, Double.POSITIVE_INFINITY, Double.MIN_VALUE, Double.NaN};
    new Logarithms(8).of(x, x.length);
    assertThat(x[0]).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(x[1]).isEqualTo(Math.log(3));
    assertThat(x[2]).isNaN();
    assertThat(x[3]).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(x[4]).isEqualTo(Math.log(Double.MIN_VALUE));
    assertThat(x[5]).isNaN();
  }
}
