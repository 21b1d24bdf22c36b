package dev.myna.cli;

import dev.myna.MynaException;
import dev.myna.train.Recipe;
import dev.myna.train.RecipeKeys;
import dev.myna.train.RecipeRun;
import dev.myna.train.RecipeRun.Outcome;
import dev.myna.train.RecipeRun.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Follows a recipe from text to model. */
@Command(
    name = "train",
    footer = "  myna train recipes/shakespeare-char.yaml --set train.steps=500")
final class TrainCommand extends Work {
  @Parameters(
      arity = "0..1",
      paramLabel = "RECIPE",
      description =
          "A YAML file, the name of a recipe that comes with Myna, or the folder of a run.")
  @Nullable String recipe;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Put another value in a key's place: train.steps=500.")
  List<String> overrides = new ArrayList<>();

  @Option(
      names = "--resume",
      description = "Go on from the newest checkpoint, exactly as if it had never stopped.")
  boolean resume;

  @Option(names = "--overwrite", description = "Begin anew in place of the training that is there.")
  boolean overwrite;

  @Option(names = "--keys", description = "List every key of a recipe and what it means.")
  boolean keys;

  @Override
  int run(Output out, Figures figures) {
    if (keys) {
      printKeys(out);
      return Myna.DONE;
    }
    if (recipe == null) {
      throw new MynaException(
          "a recipe was wanted: a file, the folder of a run, or one of "
              + String.join(", ", names()));
    }
    if (resume && overwrite) {
      throw new MynaException("--resume goes on and --overwrite begins anew: choose one");
    }
    Start start = resume ? Start.RESUME : overwrite ? Start.OVERWRITE : Start.FRESH;
    Outcome outcome = follow(read(recipe), start, out, figures);
    if (outcome.result().stopped()) {
      out.note(
          "stopped after step %,d and saved; go on with: myna train %s --resume"
              .formatted(outcome.result().steps(), outcome.folder()));
      return Myna.DONE;
    }
    if (!outcome.sample().isEmpty()) {
      out.line("\n%s\n", outcome.sample());
    }
    out.line("model   %s", outcome.model());
    out.line("report  %s", outcome.report());
    return Myna.DONE;
  }

  /** A run goes on where its folder is now, which may have been moved or copied. */
  private Recipe read(String name) {
    Recipe read = Recipe.read(file(name), overrides);
    boolean run = Files.isDirectory(Path.of(name));
    return run && overrides.stream().noneMatch(override -> override.startsWith("out="))
        ? read.in(Path.of(name), read.seed())
        : read;
  }

  /** Follows a recipe, shows how it goes, and gives its figures. */
  static Outcome follow(Recipe recipe, Start start, Output out, Figures figures) {
    TrainingView view = new TrainingView(out);
    RecipeRun run = new RecipeRun(recipe, out.progress(), view, Interrupts::requested);
    Outcome outcome = run.run(start, Interrupts::gently);
    out.clearStatus();
    var result = outcome.result();
    var evaluation = result.evaluation();
    figures.put("steps", result.steps());
    figures.put("parameters", result.parameters());
    figures.put("training_loss", result.trainingLoss());
    evaluation.figures().forEach(figure -> figures.put(figure.name(), figure.value()));
    figures.put("best_" + evaluation.deciding().name(), result.best());
    outcome.figures().forEach(figure -> figures.put(figure.name(), figure.value()));
    figures.put("tokens_per_second", result.tokensPerSecond());
    figures.put("training_seconds", result.seconds());
    figures.put("stopped", result.stopped());
    figures.put("model", outcome.model().toString());
    figures.put("report", outcome.report().toString());
    out.line(
        "%,d parameters, %,d steps in %s, %,.0f tokens/s",
        result.parameters(),
        result.steps(),
        ProgressBar.time(result.seconds()),
        result.tokensPerSecond());
    out.line("held-out: %s", TrainingView.words(evaluation.figures()));
    if (!outcome.figures().isEmpty()) {
      out.line("test: %s", TrainingView.words(outcome.figures()));
    }
    return outcome;
  }

  /** The file of a recipe's name, or of a run's folder. */
  static Path file(String name) {
    Path path = Path.of(name);
    if (Files.isDirectory(path) && Files.exists(path.resolve("recipe.yaml"))) {
      return path.resolve("recipe.yaml");
    }
    if (!Files.exists(path) && names().contains(name)) {
      return recipes().resolve(name + ".yaml");
    }
    return path;
  }

  private static Path recipes() {
    return Path.of(System.getProperty("myna.home", ""), "recipes");
  }

  /** Names of the recipes that come with Myna, those in folders with their folder's. */
  private static List<String> names() {
    if (!Files.isDirectory(recipes())) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(recipes())) {
      return files
          .map(file -> recipes().relativize(file).toString().replace('\\', '/'))
          .filter(name -> name.endsWith(".yaml"))
          .map(name -> name.substring(0, name.length() - ".yaml".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static void printKeys(Output out) {
    for (RecipeKeys.Entry key : Recipe.keys()) {
      if (key.isSection()) {
        out.line("\n%s: %s", key.path(), key.meaning());
        continue;
      }
      out.line("  %s  %s", key.path(), key.meaning());
      String otherwise = key.otherwise().isEmpty() ? "" : "; if left out, " + key.otherwise();
      out.line("      %s%s", key.type(), otherwise);
    }
  }
}
