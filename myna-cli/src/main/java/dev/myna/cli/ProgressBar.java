package dev.myna.cli;

import dev.myna.Progress;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Draws progress once the work takes over two seconds: share done, rate and time left, ten times a
 * second on a terminal and every ten seconds elsewhere.
 */
final class ProgressBar implements Progress {
  private static final double QUIET_SECONDS = 2;
  private static final double TERMINAL_SECONDS = 0.1;
  private static final double PLAIN_SECONDS = 10;
  private static final int BAR = 24;

  private final Output output;
  private final LongSupplier clock;
  private String what = "";
  private long started;
  private long drawn;
  private boolean visible;

  /**
   * @param clock nanoseconds from any origin
   */
  ProgressBar(Output output, LongSupplier clock) {
    this.output = output;
    this.clock = clock;
    this.started = clock.getAsLong();
  }

  @Override
  public synchronized void at(String what, long done, long total) {
    long now = clock.getAsLong();
    if (!what.equals(this.what)) {
      this.what = what;
      started = now;
      visible = false;
    }
    double elapsed = (now - started) / 1e9;
    boolean end = total >= 0 && done >= total;
    if (end) {
      finish(done, elapsed);
      return;
    }
    double pause = output.terminal().err() ? TERMINAL_SECONDS : PLAIN_SECONDS;
    if (elapsed >= QUIET_SECONDS && (!visible || (now - drawn) / 1e9 >= pause)) {
      output.status(text(what, done, total, elapsed));
      drawn = now;
      visible = true;
    }
  }

  @Override
  public void noted(String line) {
    output.note(line);
  }

  private void finish(long done, double elapsed) {
    if (visible) {
      output.note("%s: %s in %s".formatted(what, count(done), time(elapsed)));
    }
    // The same work may begin again under the same name.
    what = "";
    visible = false;
  }

  static String text(String what, long done, long total, double elapsed) {
    String rate = done > 0 ? "  " + count(Math.round(done / elapsed)) + "/s" : "";
    if (total <= 0) {
      return what + "  " + count(done) + rate;
    }
    double share = Math.clamp((double) done / total, 0, 1);
    int full = (int) Math.round(share * BAR);
    String left = done > 0 ? "  " + time(elapsed * (total - done) / done) + " left" : "";
    return "%s %3d %% [%s%s]%s%s"
        .formatted(what, (int) (100 * share), "=".repeat(full), " ".repeat(BAR - full), rate, left);
  }

  /** Three digits and a unit: 512, 1.2 k, 48 M. */
  static String count(long n) {
    String[] units = {"", " k", " M", " G", " T"};
    double value = n;
    int unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    String format = unit == 0 || value >= 99.95 ? "%.0f%s" : "%.1f%s";
    return String.format(Locale.ROOT, format, value, units[unit]);
  }

  /** Seconds as a person says them: 12 s, 3 min 20 s, 2 h 5 min. */
  static String time(double seconds) {
    long s = Math.round(seconds);
    if (s < 60) {
      return s + " s";
    }
    return s < 3600
        ? "%d min %d s".formatted(s / 60, s % 60)
        : "%d h %d min".formatted(s / 3600, s % 3600 / 60);
  }
}
