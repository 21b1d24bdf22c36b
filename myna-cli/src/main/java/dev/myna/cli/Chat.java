package dev.myna.cli;

import dev.myna.generate.Generator;
import dev.myna.generate.Option;
import dev.myna.generate.Options;
import dev.myna.generate.Sampling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * A talk with a model, line by line: a chat model answers by its template, a base model goes on
 * from all that was said.
 */
@Command(name = "chat", footer = "  myna chat runs/demo --do-sample --temperature 0.8")
final class Chat extends Work {
  @Parameters(
      paramLabel = "MODEL",
      description =
          "A Hugging Face folder, or the folder of a run, of which the best model is taken.")
  Path model = Path.of("");

  @Mixin DeviceOption where = new DeviceOption();

  @picocli.CommandLine.Option(
      names = "--system",
      paramLabel = "TEXT",
      description = "What a chat model is told before the first line.")
  @Nullable String system;

  @Mixin GenerationArguments arguments = new GenerationArguments();

  @Override
  int run(Output out, Figures figures) throws IOException {
    Options options = arguments.options();
    LoadedModel loaded = LoadedModel.load(model, where.device());
    if (!options.has(Option.CONTEXT_SHIFT)) {
      // A talk is long: to see the last tokens always would cost a whole context for each new one.
      options = options.with(Option.CONTEXT_SHIFT, Math.max(1, loaded.model().context() / 4));
    }
    Sampling sampling = options.resolve(loaded.config());
    Talk talk = Talk.with(loaded, system);
    out.note(
        talk.describe()
            + " /again forgets what was said, /set NAME VALUE changes an option, /quit ends.");
    List<Map<String, String>> said = new ArrayList<>();
    try (var terminal = TerminalBuilder.builder().system(true).dumb(true).build();
        Generator generator = loaded.generator()) {
      LineReader reader = LineReaderBuilder.builder().terminal(terminal).appName("myna").build();
      reader.setOpt(LineReader.Option.DISABLE_EVENT_EXPANSION);
      String prompt = terminal.getType().startsWith(Terminal.TYPE_DUMB) ? "" : "> ";
      while (true) {
        String line = read(reader, prompt);
        if (line == null || line.strip().equals("/quit")) {
          break;
        }
        if (line.startsWith("/")) {
          if (line.strip().equals("/again")) {
            talk.forget();
          } else {
            options = command(line, options, out);
            sampling = resolve(options, loaded, sampling, out);
          }
          continue;
        }
        String answer = answer(generator, talk.ask(line), sampling, out);
        talk.answered(answer);
        said.add(Map.of("line", line, "answer", answer));
      }
    }
    figures.put("turns", said.size());
    figures.put("talk", said);
    return Myna.DONE;
  }

  /** The next line; what stands at the end of a file without a line break is one too. */
  private static @Nullable String read(LineReader reader, String prompt) {
    try {
      return reader.readLine(prompt);
    } catch (EndOfFileException e) {
      String last = e.getPartialLine();
      return last == null || last.isEmpty() ? null : last;
    } catch (UserInterruptException e) {
      return null;
    }
  }

  private static Options command(String line, Options options, Output out) {
    List<String> words = List.of(line.strip().split("\\s+", 3));
    if (!words.getFirst().equals("/set") || words.size() < 3) {
      out.note("commands are /set NAME VALUE, /again and /quit");
      return options;
    }
    try {
      return options.with(Option.of(words.get(1)), words.get(2));
    } catch (dev.myna.MynaException e) {
      out.note(String.valueOf(e.getMessage()));
      return options;
    }
  }

  private static Sampling resolve(
      Options options, LoadedModel loaded, Sampling before, Output out) {
    try {
      return options.resolve(loaded.config());
    } catch (dev.myna.MynaException e) {
      out.note(String.valueOf(e.getMessage()));
      return before;
    }
  }

  /** Streams the answer; Ctrl-C while it is written ends the answer only. */
  private static String answer(Generator generator, int[] asked, Sampling sampling, Output out) {
    var generated =
        generator.generate(
            List.of(asked),
            sampling,
            piece -> {
              out.print(piece.text());
              return !Interrupts.requested();
            },
            dev.myna.Progress.NONE);
    out.line("");
    return generated.texts().getFirst().text();
  }
}
