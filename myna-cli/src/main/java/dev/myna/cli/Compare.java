package dev.myna.cli;

import dev.myna.MynaException;
import dev.myna.train.Recipe;
import dev.myna.train.RecipeRun.Start;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains several recipes on the same data in the same order, and puts them side by side. */
@Command(name = "compare", footer = "  myna compare recipes/architectures/*.yaml --seeds 1,2")
final class Compare extends Work {
  @Parameters(
      arity = "1..*",
      paramLabel = "RECIPE",
      description =
          "Recipes of one task on the same data: files, or names of those that come with Myna.")
  List<String> recipes = new ArrayList<>();

  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "N",
      description = "Train each with these seeds (default: the seed of the first recipe).")
  List<Long> seeds = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Put another value in a key's place in every recipe: train.steps=500.")
  List<String> overrides = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "runs/compare",
      description = "Where the runs go, and compare.html: ${DEFAULT-VALUE} if left out.")
  Path folder = Path.of("runs/compare");

  @Option(
      names = "--resume",
      description = "Go on where an earlier comparison was stopped; finished runs are kept.")
  boolean resume;

  @Option(names = "--overwrite", description = "Begin anew in place of the runs that are there.")
  boolean overwrite;

  @Option(names = "--page", paramLabel = "FILE", description = "Draw the comparison on this page.")
  @Nullable Path page;

  @Override
  int run(Output out, Figures figures) {
    List<Recipe> read =
        recipes.stream().map(name -> Recipe.read(TrainCommand.file(name), overrides)).toList();
    requireAlike(read);
    List<Long> tried = seeds.isEmpty() ? List.of(read.getFirst().seed()) : seeds;
    List<Compared> all = new ArrayList<>();
    for (Recipe recipe : read) {
      for (long seed : tried) {
        Path run = folder.resolve(recipe.name() + "-seed-" + seed);
        Compared one = finished(run);
        if (one == null) {
          out.line("%s, seed %d", recipe.name(), seed);
          one = Compared.train(recipe, seed, run, start(run), out);
        }
        if (one == null) {
          out.note("stopped; go on with --resume");
          return Myna.DONE;
        }
        all.add(one);
      }
    }
    Comparison comparison = new Comparison(all);
    out.table(comparison.head(), comparison.rows());
    figures.put("runs", all.stream().map(Compared::map).toList());
    figures.put("recipes", comparison.maps());
    Path drawn = page == null ? folder.resolve("compare.html") : page;
    comparison.page().write(drawn);
    figures.put("page", drawn.toString());
    out.line("drawn on %s", drawn);
    return Myna.DONE;
  }

  private @Nullable Compared finished(Path run) {
    return resume ? Compared.read(run) : null;
  }

  private Start start(Path run) {
    if (resume) {
      return Files.exists(run.resolve("last")) ? Start.RESUME : Start.OVERWRITE;
    }
    return overwrite ? Start.OVERWRITE : Start.FRESH;
  }

  /** Only then do figures stand for the models, and not for what they were given. */
  private static void requireAlike(List<Recipe> all) {
    Recipe first = all.getFirst();
    for (Recipe other : all) {
      String differs =
          !other.data().equals(first.data())
              ? "data"
              : !other.tokenizer().equals(first.tokenizer())
                  ? "tokenizer"
                  : !other.task().getClass().equals(first.task().getClass()) ? "task" : "";
      if (!differs.isEmpty()) {
        throw new MynaException(
            "recipes that are compared must agree in data, tokenizer and task, but %s and %s differ in %s"
                .formatted(first.name(), other.name(), differs));
      }
    }
    long names = all.stream().map(Recipe::name).distinct().count();
    if (names < all.size()) {
      throw new MynaException(
          "recipes that are compared must have different names, found "
              + all.stream().map(Recipe::name).toList());
    }
  }
}
