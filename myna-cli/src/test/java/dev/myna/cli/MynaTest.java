package dev.myna.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myna.MynaException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MynaTest {
  @Test
  void helpNamesEveryCommand() {
    Run run = Run.myna("--help");

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains(Commands.names()).contains("Example:\n  myna ");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void noCommandIsWrongUse() {
    assertThat(Run.myna().code()).isEqualTo(2);
  }

  @Test
  void aMistypedCommandIsGuessed() {
    Run run = Run.myna("docter");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("myna: unknown command docter; did you mean doctor? (myna --help lists all)\n");
  }

  @Test
  void aMistypedOptionIsGuessed() {
    Run run = Run.myna("doctor", "--jsn");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo("myna: unknown option --jsn; did you mean --json? (myna doctor --help)\n");
  }

  @Test
  void helpOfACommandIsTheSameBothWays() {
    assertThat(Run.myna("help", "doctor")).isEqualTo(Run.myna("doctor", "--help"));
  }

  @Test
  void versionIsPrinted() {
    assertThat(Run.myna("--version").out()).startsWith("myna ");
  }

  static Stream<CommandLine> everyCommand() {
    List<CommandLine> found = new ArrayList<>();
    for (Commands.Entry entry : Commands.ALL) {
      collect(Myna.commandLine(entry, nowhere()), found);
    }
    return found.stream();
  }

  private static void collect(CommandLine line, List<CommandLine> found) {
    found.add(line);
    line.getSubcommands().values().forEach(sub -> collect(sub, found));
  }

  @ParameterizedTest
  @MethodSource("everyCommand")
  void everyHelpSaysWhatItDoesAndEndsWithAnExample(CommandLine line) {
    String usage = line.getUsageMessage();
    String name = line.getCommandSpec().qualifiedName();

    assertThat(line.getCommandSpec().usageMessage().description()).isNotEmpty();
    assertThat(usage).contains("Usage: " + name);
    List<String> lines = usage.stripTrailing().lines().toList();
    assertThat(lines).contains("Example:");
    assertThat(lines.getLast()).startsWith("  ").contains("myna ");
    Object command = line.getCommand();
    assertThat(command instanceof Work || command instanceof Group).isTrue();
    line.getCommandSpec()
        .options()
        .forEach(option -> assertThat(option.description()).as(option.longestName()).isNotEmpty());
  }

  /** Throws what it is given; the other tests see what the user sees. */
  @Command(name = "fail", footer = "  myna fail")
  private static final class Fail extends Work {
    private final Exception exception;

    @Option(names = "--number", description = "A number.")
    int number;

    Fail(Exception exception) {
      this.exception = exception;
    }

    @Override
    int run(Output out, Figures figures) throws Exception {
      throw exception;
    }
  }

  @Test
  void theUsersErrorsAreOneLineAndTwo() {
    Run run = failing(new MynaException("wanted a folder,\n found a file"));

    assertThat(run).isEqualTo(new Run(2, "", "myna: wanted a folder, found a file\n"));
    assertThat(failing(new NoSuchFileException("x.txt")).err())
        .isEqualTo("myna: there is no file x.txt\n");
    assertThat(failing(new UncheckedIOException(new NoSuchFileException("x.txt"))).code())
        .isEqualTo(2);
    assertThat(failing(new MynaException("m"), "--number=abc").err())
        .contains("'abc' is not an int")
        .hasLineCount(1);
  }

  @Test
  void ourErrorsAreOneLineOneAndAHint() {
    Run run = failing(new IllegalStateException("no way"));

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo("myna: internal error, IllegalStateException: no way; --trace shows where\n");
  }

  @Test
  void wrongArgumentsAreTheUsersOnlyWhereOurOwnCodeRefusedThem() {
    assertThat(failing(new IllegalArgumentException("top-k must be positive")).code()).isEqualTo(2);
    assertThat(failing(foreign()).code()).isEqualTo(1);
  }

  private static Exception foreign() {
    try {
      return new IOException("unexpected: " + Integer.parseInt("x"));
    } catch (NumberFormatException e) {
      return e;
    }
  }

  @Test
  void traceShowsTheStack() {
    assertThat(failing(new MynaException("m"), "--trace").err())
        .contains("at dev.myna.cli.MynaTest.");
  }

  @Command(name = "count", footer = "  myna count")
  private static final class Count extends Work {
    @Override
    int run(Output out, Figures figures) {
      out.line("two things");
      figures.put("bits_per_byte", 2.5);
      figures.put("not_a_number", Double.NaN);
      return Myna.DONE;
    }
  }

  @Test
  void figuresAreReported(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("new/report.json");
    Run run = run(Count::new, "--report", file.toString());

    JsonNode report = JsonMapper.shared().readTree(Files.readString(file));
    assertThat(run).isEqualTo(new Run(0, "two things\n", ""));
    assertThat(report.get("bits_per_byte").asDouble()).isEqualTo(2.5);
    assertThat(report.get("not_a_number").isNull()).isTrue();
    assertThat(report.get("seconds").asDouble()).isNotNegative();
  }

  @Test
  void jsonTakesThePlaceOfText() {
    Run run = run(Count::new, "--json");

    assertThat(run.out()).doesNotContain("two things");
    assertThat(JsonMapper.shared().readTree(run.out()).get("bits_per_byte").asDouble())
        .isEqualTo(2.5);
  }

  @Test
  void aReportThatCannotBeWrittenIsRefusedBeforeTheWork(@TempDir Path folder) {
    Run run = run(Count::new, "--report", folder.toString());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("is a folder");
  }

  private static Run failing(Exception exception, String... args) {
    return run(() -> new Fail(exception), args);
  }

  private static Run run(Supplier<Object> command, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Output output = new Output(Run.print(out), Run.print(err), Terminal.NONE);
    var entry = new Commands.Entry("it", "It.", command);
    int code = Myna.commandLine(entry, output).execute(args);
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static Output nowhere() {
    return new Output(
        Run.print(new ByteArrayOutputStream()),
        Run.print(new ByteArrayOutputStream()),
        Terminal.NONE);
  }
}
