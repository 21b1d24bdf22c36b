package dev.myna.cli;

import dev.myna.Progress;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Where commands write: results to standard output, errors, notes and progress to standard error.
 * On a terminal the last line of standard error may be a status that is drawn over and over.
 */
final class Output {
  private final PrintStream out;
  private final PrintStream err;
  private final Terminal terminal;
  private final Object lock = new Object();
  private boolean statusShown;

  Output(PrintStream out, PrintStream err, Terminal terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /** The same, but results go nowhere. */
  Output silent() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Output(nowhere, err, terminal);
  }

  Terminal terminal() {
    return terminal;
  }

  /** A line of the result. */
  void line(String text) {
    synchronized (lock) {
      clearStatus();
      out.print(text);
      out.print('\n');
      out.flush();
    }
  }

  /** A formatted line of the result, numbers as in English. */
  void line(String format, Object... arguments) {
    line(String.format(Locale.ROOT, format, arguments));
  }

  /** A piece of the result, at once: text as a model writes it. */
  void print(String text) {
    synchronized (lock) {
      clearStatus();
      out.print(text);
      out.flush();
    }
  }

  /** A line beside the result: what is being done, where things lie. */
  void note(String text) {
    synchronized (lock) {
      clearStatus();
      err.print(text);
      err.print('\n');
      err.flush();
    }
  }

  /** What went wrong, in one line. */
  void error(String text) {
    note("myna: " + text.strip().replaceAll("\\s*\\R\\s*", " "));
  }

  /**
   * The state of work that goes on: drawn over the previous one on a terminal, a line of its own
   * elsewhere. Whoever calls decides how often.
   */
  void status(String text) {
    synchronized (lock) {
      if (!terminal.err()) {
        note(text);
        return;
      }
      int room = terminal.width() - 1;
      err.print("\r" + (text.length() > room ? text.substring(0, room) : text) + "\u001b[K");
      err.flush();
      statusShown = true;
    }
  }

  /** Takes the status away, so that the next line starts on a clean one. */
  void clearStatus() {
    synchronized (lock) {
      if (statusShown) {
        err.print("\r\u001b[K");
        err.flush();
        statusShown = false;
      }
    }
  }

  /** Draws the progress of anything that takes more than two seconds. */
  Progress progress() {
    return new ProgressBar(this, System::nanoTime);
  }

  /** Lines up columns: the first to the left, the others to the right where they are numbers. */
  void table(List<String> head, List<? extends List<String>> rows) {
    line(Columns.of(head, rows));
  }

  PrintWriter outWriter() {
    return new PrintWriter(out, true);
  }

  PrintWriter errWriter() {
    return new PrintWriter(err, true);
  }

  void flush() {
    clearStatus();
    out.flush();
    err.flush();
  }
}
