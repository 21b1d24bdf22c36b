package dev.myna.cli;

import java.util.List;

/** The help of {@code myna} itself, made from the table alone so that no command is loaded. */
final class Help {
  private Help() {}

  static String of(List<Commands.Entry> commands) {
    int width = commands.stream().mapToInt(entry -> entry.name().length()).max().orElse(0);
    StringBuilder help = new StringBuilder();
    help.append(
        "Myna takes plain text to a trained, measured and served language model, in Java.\n\n");
    help.append("Usage: myna COMMAND [OPTIONS]\n\nCommands:\n");
    for (Commands.Entry entry : commands) {
      help.append("  ").append(entry.name()).repeat(' ', width - entry.name().length() + 2);
      help.append(entry.summary()).append('\n');
    }
    help.append("\nEvery command:\n");
    help.append("  --help         what it does, its options and an example\n");
    help.append("  --report FILE  write its figures as JSON\n");
    help.append("  --json         print its figures as JSON instead of text\n");
    help.append("  --trace        show the stack trace of an error\n");
    help.append(
        "\nExit codes: 0 done, 1 a check failed or a fault of Myna, 2 wrong use or input.\n");
    help.append("\nExample:\n  myna demo\n");
    return help.toString();
  }
}
