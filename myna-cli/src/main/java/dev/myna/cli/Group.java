package dev.myna.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A command that only holds others: {@code myna tokenizer train}. Called alone it shows its help.
 */
@Command(
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    synopsisHeading = "Usage: ",
    descriptionHeading = "%n",
    synopsisSubcommandLabel = "COMMAND")
abstract class Group {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;
}
