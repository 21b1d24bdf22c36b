package dev.myna.cli;

import dev.myna.MynaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Runs the command that was called, times it, and hands over its figures. */
final class Execution implements IExecutionStrategy {
  private final Output output;

  Execution(Output output) {
    this.output = output;
  }

  @Override
  public int execute(ParseResult parsed) {
    List<CommandLine> lines = parsed.asCommandLineList();
    CommandLine last = lines.getLast();
    last.setUsageHelpWidth(output.terminal().width());
    if (CommandLine.printHelpIfRequested(parsed)) {
      return Myna.DONE;
    }
    Object command = last.getCommand();
    if (!(command instanceof Work work)) {
      last.usage(last.getErr());
      return Myna.USER_ERROR;
    }
    try {
      return run(work);
    } catch (ParameterException e) {
      throw e;
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      throw new ExecutionException(last, Objects.toString(e.getMessage(), e.toString()), e);
    }
  }

  private int run(Work work) throws Exception {
    checkReport(work.report);
    Figures figures = new Figures();
    long start = System.nanoTime();
    int code = work.run(work.json ? output.silent() : output, figures);
    output.clearStatus();
    figures.putIfAbsent("seconds", (System.nanoTime() - start) / 1e9);
    PeakMemory.bytes().ifPresent(bytes -> figures.putIfAbsent("peak_memory_bytes", bytes));
    if (work.report != null) {
      figures.write(work.report);
    }
    if (work.json) {
      output.line(figures.json());
    }
    return code;
  }

  /** Hours of work must not end in a report that has no place. */
  private static void checkReport(@Nullable Path report) {
    if (report == null) {
      return;
    }
    if (Files.isDirectory(report)) {
      throw new MynaException("--report wants a file, but " + report + " is a folder");
    }
    try {
      Path folder = Objects.requireNonNull(report.toAbsolutePath().getParent(), "a file's folder");
      Files.createDirectories(folder);
      if (!Files.isWritable(folder)) {
        throw new MynaException("--report cannot be written: folder " + folder + " is read-only");
      }
    } catch (IOException e) {
      throw new MynaException("--report cannot be written to %s: %s".formatted(report, e), e);
    }
  }
}
