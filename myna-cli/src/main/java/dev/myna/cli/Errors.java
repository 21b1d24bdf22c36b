package dev.myna.cli;

import dev.myna.MynaException;
import dev.myna.Names;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong in one line and chooses the exit code. */
final class Errors implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final Output output;

  Errors(Output output) {
    this.output = output;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine line = e.getCommandLine();
    String message = e instanceof UnmatchedArgumentException un ? unmatched(un) : e.getMessage();
    output.error("%s (%s --help)".formatted(message, line.getCommandSpec().qualifiedName()));
    if (Arrays.asList(args).contains("--trace")) {
      trace(e);
    }
    return Myna.USER_ERROR;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed) {
    Throwable cause = e;
    if (e instanceof CommandLine.ExecutionException && e.getCause() != null) {
      cause = e.getCause();
    }
    boolean trace = line.getCommand() instanceof Work work && work.trace;
    int code = report(cause, trace);
    if (trace) {
      trace(cause);
    }
    return code;
  }

  private int report(Throwable cause, boolean traced) {
    switch (cause) {
      case Interrupted stopped -> {
        output.note(message(stopped));
        return Myna.FAULT;
      }
      case InterruptedException _, CancellationException _ -> {
        output.note("stopped");
        return Myna.FAULT;
      }
      case MynaException user -> {
        if (Interrupts.requested()) {
          output.note("stopped");
        } else {
          output.error(message(user));
        }
        return Myna.USER_ERROR;
      }
      case UncheckedIOException io -> {
        return io.getCause() instanceof FileSystemException file
            ? report(file, traced)
            : fault(io, traced);
      }
      case FileSystemException file -> {
        output.error(fileProblem(file));
        return Myna.USER_ERROR;
      }
      case IllegalArgumentException wrong when isOurs(wrong) -> {
        output.error(message(wrong));
        return Myna.USER_ERROR;
      }
      case OutOfMemoryError _ -> {
        output.error(
            "the Java heap of %d MB is full; give more with MYNA_JVM_OPTIONS=-Xmx8g"
                .formatted(Runtime.getRuntime().maxMemory() >> 20));
        return Myna.FAULT;
      }
      default -> {
        return fault(cause, traced);
      }
    }
  }

  private int fault(Throwable cause, boolean traced) {
    String hint = traced ? "" : "; --trace shows where";
    output.error(
        "internal error, %s: %s%s"
            .formatted(cause.getClass().getSimpleName(), message(cause), hint));
    return Myna.FAULT;
  }

  /**
   * A value that our own code refused came from the command line; others' refusals are our bugs.
   */
  private static boolean isOurs(IllegalArgumentException e) {
    StackTraceElement[] frames = e.getStackTrace();
    return frames.length > 0 && frames[0].getClassName().startsWith("dev.myna.");
  }

  private static String fileProblem(FileSystemException e) {
    String file = String.valueOf(e.getFile());
    return switch (e) {
      case NoSuchFileException _ -> "there is no file " + file;
      case AccessDeniedException _ -> "no permission to use " + file;
      default -> {
        String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
        yield "cannot use %s: %s".formatted(file, reason);
      }
    };
  }

  /** Unknown options with the nearest known name, and arguments that nobody asked for. */
  private static String unmatched(UnmatchedArgumentException e) {
    String first = e.getUnmatched().getFirst();
    var spec = e.getCommandLine().getCommandSpec();
    if (first.startsWith("-")) {
      String name = first.split("=", 2)[0];
      List<String> known =
          spec.options().stream().flatMap(option -> Arrays.stream(option.names())).toList();
      return "unknown option %s%s".formatted(name, Names.didYouMean(name, known));
    }
    List<String> known = List.copyOf(spec.subcommands().keySet());
    return known.isEmpty()
        ? "unexpected argument '%s'".formatted(first)
        : "unknown command %s%s".formatted(first, Names.didYouMean(first, known));
  }

  private static String message(Throwable e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message.strip();
  }

  private void trace(Throwable e) {
    PrintWriter err = output.errWriter();
    e.printStackTrace(err);
    err.flush();
  }
}
