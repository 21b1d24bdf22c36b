package dev.myna.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  private static final Offset<Double> CLOSE = Offset.offset(1e-9);

  private static Schedule schedule(String kind) {
    return Schedule.of(
        TrainConfig.of(
            "steps=100",
            "warmup=10",
            "rate=1",
            "minimum_rate=0.1",
            "schedule=" + kind,
            "decay=0.5"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"constant", "linear", "cosine", "trapezoid", "inverse_sqrt"})
  void warmsUpLinearly(String kind) {
    Schedule schedule = schedule(kind);

    assertThat(schedule.at(0)).isCloseTo(1 / 11.0, CLOSE);
    assertThat(schedule.at(9)).isCloseTo(10 / 11.0, CLOSE);
    assertThat(schedule.at(10)).isCloseTo(1, CLOSE);
  }

  @Test
  void fallsAsItsNameSays() {
    assertThat(schedule("constant").at(99)).isEqualTo(1);
    assertThat(schedule("linear").at(55)).isCloseTo(0.55, CLOSE);
    assertThat(schedule("cosine").at(55)).isCloseTo(0.55, CLOSE);
    assertThat(schedule("cosine").at(32)).isGreaterThan(schedule("linear").at(32));
    assertThat(schedule("trapezoid").at(50)).isCloseTo(1, CLOSE);
    assertThat(schedule("trapezoid").at(75)).isCloseTo(0.55, CLOSE);
    assertThat(schedule("inverse_sqrt").at(43)).isCloseTo(0.5, CLOSE); // four times as many steps
    assertThat(schedule("inverse_sqrt").at(10_000)).isEqualTo(0.1);
    assertThat(schedule("linear").at(100)).isCloseTo(0.1, CLOSE);
  }
}
