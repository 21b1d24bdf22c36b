package dev.myna.cli;

import dev.myna.train.Recipe;
import dev.myna.train.RecipeRun.Outcome;
import dev.myna.train.RecipeRun.Start;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The main job at one go: text to talking model in two minutes. */
@Command(name = "demo", footer = "  myna demo")
final class Demo extends Work {
  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "runs/demo",
      description = "Where the model goes: ${DEFAULT-VALUE} if left out.")
  Path folder = Path.of("runs/demo");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Put another value in a key's place: train.steps=100.")
  List<String> overrides = new ArrayList<>();

  @Override
  int run(Output out, Figures figures) throws IOException {
    List<String> settings = new ArrayList<>(overrides);
    settings.add("out=\"" + folder.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"');
    Recipe recipe = Recipe.parse("demo.yaml", yaml(), settings);
    out.line("Learning to write from a million characters of Shakespeare: first the tokens,");
    out.line("then a small GPT. The last tenth of the text is held out to measure by.\n");
    Outcome outcome = TrainCommand.follow(recipe, Start.OVERWRITE, out, figures);
    if (outcome.result().stopped()) {
      return Myna.DONE;
    }
    figures.put("sample", outcome.sample());
    out.line("\nWhat it writes now:\n\n%s\n", outcome.sample().strip());
    out.line("The model lies in   %s", outcome.model());
    out.line("The report lies in  %s (open it in a browser)", outcome.report());
    out.line("\nThree commands to try next:");
    out.line("  myna generate %s --prompt \"JULIET:\" --do-sample --temperature 0.8", folder);
    out.line("  myna tokenizer inspect %s \"Wherefore art thou?\"", folder);
    out.line("  myna train shakespeare-char");
    return Myna.DONE;
  }

  private static String yaml() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Demo.class.getResourceAsStream("demo.yaml"), "demo.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
