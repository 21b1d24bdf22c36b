package dev.myna.cli;

import java.util.Optional;

/**
 * What the output goes to. The launcher knows and says so in {@code myna.terminal} (the standard
 * streams that are terminals, {@code "out,err"}) and {@code myna.columns}.
 *
 * @param out whether standard output is a terminal
 * @param err whether standard error is a terminal
 * @param width in columns
 */
record Terminal(boolean out, boolean err, int width) {
  private static final int USUAL_WIDTH = 80;
  private static final int NARROWEST = 40;
  private static final int WIDEST = 120;

  /** A file or a pipe. */
  static final Terminal NONE = new Terminal(false, false, USUAL_WIDTH);

  static Terminal ofThisProcess() {
    String streams = System.getProperty("myna.terminal");
    if (streams == null) {
      var console = System.console();
      streams = console != null && console.isTerminal() ? "out,err" : "";
    }
    boolean dumb = "dumb".equals(System.getenv("TERM"));
    return new Terminal(
        streams.contains("out") && !dumb, streams.contains("err") && !dumb, columns());
  }

  /** Whether colours are welcome on standard output. */
  boolean colours() {
    return out && System.getenv("NO_COLOR") == null;
  }

  private static int columns() {
    return Optional.ofNullable(System.getProperty("myna.columns"))
        .or(() -> Optional.ofNullable(System.getenv("COLUMNS")))
        .filter(text -> text.matches("[1-9]\\d{0,4}"))
        .map(Integer::parseInt)
        .map(columns -> Math.clamp(columns, NARROWEST, WIDEST))
        .orElse(USUAL_WIDTH);
  }
}
