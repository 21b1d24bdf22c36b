package dev.myna.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final AtomicLong now = new AtomicLong();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void shortWorkIsSilent() {
    ProgressBar bar = bar(new Terminal(true, true, 80));
    for (int i = 0; i <= 10; i++) {
      now.addAndGet(100_000_000);
      bar.at("reading", i, 10);
    }
    assertThat(drawn()).isEmpty();
  }

  @Test
  void longWorkShowsShareRateAndTimeLeft() {
    assertThat(ProgressBar.text("reading", 25, 100, 10))
        .isEqualTo("reading  25 % [======                  ]  3/s  30 s left");
    assertThat(ProgressBar.text("reading", 5_000_000, -1, 10)).isEqualTo("reading  5.0 M  500 k/s");
  }

  @Test
  void aTerminalGetsOneLineThatIsDrawnOver() {
    Output output = output(new Terminal(true, true, 80));
    ProgressBar bar = new ProgressBar(output, now::get);
    run(bar, 100);

    assertThat(drawn()).startsWith("\rreading").endsWith("reading: 100 in 50 s\n");
    assertThat(drawn().chars().filter(c -> c == '\n').count()).isEqualTo(1);
  }

  @Test
  void aFileGetsALineEveryTenSeconds() {
    run(bar(Terminal.NONE), 100);

    assertThat(drawn()).doesNotContain("\r").doesNotContain("\u001b").hasLineCount(6);
  }

  @Test
  void countsAndTimesReadWell() {
    assertThat(ProgressBar.count(999)).isEqualTo("999");
    assertThat(ProgressBar.count(1234)).isEqualTo("1.2 k");
    assertThat(ProgressBar.count(999_999)).isEqualTo("1.0 M");
    assertThat(ProgressBar.count(123_456_789)).isEqualTo("123 M");
    assertThat(ProgressBar.time(200)).isEqualTo("3 min 20 s");
    assertThat(ProgressBar.time(7500)).isEqualTo("2 h 5 min");
  }

  private void run(ProgressBar bar, int steps) {
    for (int i = 0; i <= steps; i++) {
      bar.at("reading", i, steps);
      now.addAndGet(500_000_000);
    }
  }

  private ProgressBar bar(Terminal terminal) {
    return new ProgressBar(output(terminal), now::get);
  }

  private Output output(Terminal terminal) {
    return new Output(Run.print(new ByteArrayOutputStream()), Run.print(err), terminal);
  }

  private String drawn() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
