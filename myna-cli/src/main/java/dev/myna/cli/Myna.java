package dev.myna.cli;

import dev.myna.Names;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine;

/**
 * The {@code myna} command. Exit codes: 0 done, 1 our fault or a check that failed, 2 the user's
 * error, 130 stopped by Ctrl-C, 143 stopped by SIGTERM.
 */
public final class Myna {
  static final int DONE = 0;
  static final int FAULT = 1;
  static final int USER_ERROR = 2;

  private final Output output;
  private final Runnable beforeWork;

  /**
   * @param beforeWork called once a command is found and before it runs
   */
  Myna(Output output, Runnable beforeWork) {
    this.output = output;
    this.beforeWork = beforeWork;
  }

  public static void main(String[] args) {
    // UTF-8 whatever the locale says: models write every script.
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    StandardError error = StandardError.ofThisProcess();
    PrintStream err = error.stream();
    Output output = new Output(out, err, Terminal.ofThisProcess());
    Interrupts.watch(Thread.currentThread(), output);
    int code = new Myna(output, error::restore).run(args);
    output.flush();
    System.exit(Interrupts.code().orElse(code));
  }

  /** Runs one command line. */
  int run(String... args) {
    if (args.length == 0) {
      output.print(Help.of(Commands.ALL));
      return USER_ERROR;
    }
    String first = args[0];
    String[] rest = Arrays.copyOfRange(args, 1, args.length);
    return switch (first) {
      case "--help", "-h" -> {
        output.print(Help.of(Commands.ALL));
        yield DONE;
      }
      case "--version", "-V" -> {
        output.line("myna " + version());
        yield DONE;
      }
      case "help" -> rest.length == 0 ? run("--help") : run(helpOf(rest));
      default -> call(first, rest);
    };
  }

  private int call(String name, String[] args) {
    Optional<Commands.Entry> entry = Commands.find(name);
    if (entry.isEmpty()) {
      String what = name.startsWith("-") ? "option" : "command";
      output.error(
          "unknown %s %s%s (myna --help lists all)"
              .formatted(what, name, Names.didYouMean(name, Commands.names())));
      return USER_ERROR;
    }
    CommandLine line = commandLine(entry.get(), output);
    beforeWork.run();
    return line.execute(args);
  }

  /** The picocli command line of one command, with the house's way to report errors. */
  static CommandLine commandLine(Commands.Entry entry, Output output) {
    CommandLine line = new CommandLine(entry.make().get());
    line.setCommandName("myna " + entry.name());
    line.getCommandSpec().usageMessage().description(entry.summary());
    line.setExpandAtFiles(false); // a prompt may begin with @
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpWidth(output.terminal().width());
    line.setOut(output.outWriter());
    line.setErr(output.errWriter());
    Errors errors = new Errors(output);
    line.setParameterExceptionHandler(errors);
    line.setExecutionExceptionHandler(errors);
    line.setExecutionStrategy(new Execution(output));
    return line;
  }

  private static String[] helpOf(String[] command) {
    String[] args = Arrays.copyOf(command, command.length + 1);
    args[command.length] = "--help";
    return args;
  }

  private static String version() {
    String version = Myna.class.getPackage().getImplementationVersion();
    return version == null ? "(built from sources)" : version;
  }
}
