package dev.myna.cli;

import dev.myna.generate.Generator;
import dev.myna.generate.Option;
import dev.myna.generate.Options;
import dev.myna.generate.Sampling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A talk with a model, line by line: it goes on from all that was said. */
@Command(name = "chat", footer = "  myna chat runs/demo --do-sample --temperature 0.8")
final class Chat extends Work {
  @Parameters(
      paramLabel = "MODEL",
      description =
          "A Hugging Face folder, or the folder of a run, of which the best model is taken.")
  Path model = Path.of("");

  @picocli.CommandLine.Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      description = "auto, cpu, cuda, cuda:1 …: ${DEFAULT-VALUE} if left out.")
  String device = "auto";

  @Mixin GenerationArguments arguments = new GenerationArguments();

  @Override
  int run(Output out, Figures figures) throws IOException {
    Options options = arguments.options();
    LoadedModel loaded = LoadedModel.load(model, device);
    Sampling sampling = options.resolve(loaded.config());
    out.note(
        "Write a line and the model goes on from it. /again forgets what was said, /set NAME VALUE"
            + " changes an option, /quit ends.");
    long turns = 0;
    StringBuilder said = new StringBuilder();
    try (var terminal = TerminalBuilder.builder().system(true).dumb(true).build();
        Generator generator = loaded.generator()) {
      LineReader reader = LineReaderBuilder.builder().terminal(terminal).appName("myna").build();
      reader.setOpt(LineReader.Option.DISABLE_EVENT_EXPANSION);
      while (true) {
        String line = read(reader);
        if (line == null || line.strip().equals("/quit")) {
          break;
        }
        if (line.startsWith("/")) {
          if (line.strip().equals("/again")) {
            said.setLength(0);
          } else {
            options = command(line, options, out);
            sampling = resolve(options, loaded, sampling, out);
          }
          continue;
        }
        said.append(line).append('\n');
        said.append(answer(generator, loaded, said.toString(), sampling, out)).append('\n');
        turns++;
      }
    }
    figures.put("turns", turns);
    return Myna.DONE;
  }

  private static @org.jspecify.annotations.Nullable String read(LineReader reader) {
    try {
      return reader.readLine("> ");
    } catch (EndOfFileException | UserInterruptException e) {
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
  private static String answer(
      Generator generator, LoadedModel loaded, String said, Sampling sampling, Output out) {
    var generated =
        generator.generate(
            List.of(loaded.ids(said)),
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
