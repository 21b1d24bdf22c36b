package dev.myna.cli;

import dev.myna.Progress;
import dev.myna.task.Evaluation;
import dev.myna.train.TrainingListener;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Shows how a training goes: a line that is drawn over, and a line for each evaluation. */
final class TrainingView implements TrainingListener {
  private static final double TERMINAL_SECONDS = 0.2;
  private static final double PLAIN_SECONDS = 10;

  private final Output out;
  private final Progress bar;
  private long shown = System.nanoTime();
  private long steps;

  TrainingView(Output out) {
    this.out = out;
    bar = out.progress();
  }

  @Override
  public void stepped(Step step) {
    steps = step.steps();
    long now = System.nanoTime();
    double pause = out.terminal().err() ? TERMINAL_SECONDS : PLAIN_SECONDS;
    if (step.step() == 1 || (now - shown) / 1e9 >= pause) {
      out.status(line(step));
      shown = now;
    }
  }

  @Override
  public void evaluated(long step, Evaluation evaluation, boolean best) {
    String figures = words(evaluation.figures());
    out.note(
        step == 0
            ? "before training  held-out " + figures
            : "step %d/%d  held-out %s%s".formatted(step, steps, figures, best ? "  (best)" : ""));
  }

  @Override
  public Progress progress() {
    return bar;
  }

  @Override
  public void noted(String line) {
    out.note(line);
  }

  /** Figures in a line. */
  static String words(List<Evaluation.Figure> figures) {
    return figures.stream()
        .map(figure -> String.format(Locale.ROOT, "%s %.4f", figure.title(), figure.value()))
        .collect(Collectors.joining(", "));
  }

  static String line(Step step) {
    return String.format(
        Locale.ROOT,
        "step %d/%d  loss %.4f  rate %.2e  norm %.2f  %stok/s  mfu %.0f %%  %.2f GB  %s left",
        step.step(),
        step.steps(),
        step.loss(),
        step.rate(),
        step.gradientNorm(),
        ProgressBar.count(Math.round(step.tokensPerSecond())) + " ",
        100 * step.utilisation(),
        step.residentBytes() / 1e9,
        ProgressBar.time(step.secondsLeft()));
  }
}
