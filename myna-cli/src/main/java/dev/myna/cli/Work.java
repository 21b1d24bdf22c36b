package dev.myna.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One command: what all of them share. A sub-class adds its options, does its work in {@link #run}
 * and leaves there what it found: lines for the reader in the output, numbers in the figures.
 *
 * <p>Sub-classes are annotated with {@code @Command(name = …, footer = " myna … an example")}.
 * Ctrl-C interrupts the thread that runs the command; work that must save something first is done
 * within {@link Interrupts#gently} and asks {@link Interrupts#requested}.
 */
@Command(
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nArguments:%n",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExample:%n",
    synopsisHeading = "Usage: ",
    descriptionHeading = "%n",
    sortOptions = false,
    usageHelpAutoWidth = false)
abstract class Work {
  @Option(
      names = "--report",
      paramLabel = "FILE",
      order = 1001,
      description = "Write the figures to this JSON file.")
  @Nullable Path report;

  @Option(
      names = "--json",
      order = 1002,
      description = "Print the figures as JSON instead of text.")
  boolean json;

  @Option(names = "--trace", order = 1003, description = "Show the stack trace of an error.")
  boolean trace;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      order = 1004,
      description = "Show this help.")
  boolean help;

  /**
   * Does the work.
   *
   * @param out where to write for the reader; silent with {@code --json}
   * @param figures what {@code --report} and {@code --json} give: names in snake_case
   * @return the exit code: {@link Myna#DONE}, or {@link Myna#FAULT} where a check failed
   */
  abstract int run(Output out, Figures figures) throws Exception;
}
