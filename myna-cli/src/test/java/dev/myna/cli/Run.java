package dev.myna.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a command line said and how it ended. */
record Run(int code, String out, String err) {
  /** Runs {@code myna ARGS} within this JVM, with files for both streams. */
  static Run myna(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Output output = new Output(print(out), print(err), Terminal.NONE);
    int code = new Myna(output, () -> {}).run(args);
    output.flush();
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, false, StandardCharsets.UTF_8);
  }
}
