package dev.myna.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One system from text to model: data, tokenizer, model, training. Read from YAML, where every key
 * is checked, and written back with every choice resolved.
 *
 * <p>The keys and what they mean are listed by {@link #keys} and in {@code docs/recipes.md}.
 */
public record Recipe(
    @Key("Name of the run, used in file names: letters, digits, dots and dashes.") String name,
    @Key(value = "What the recipe is for, in a sentence.", otherwise = "''") String description,
    @Key("The texts.") DataConfig data,
    @Key("How texts become tokens.") TokenizerConfig tokenizer,
    @Key("What the model learns to do.") TaskRecipe task,
    @Key("The shape of the model.") ModelRecipe model,
    @Key("How it is trained.") TrainConfig train,
    @Key("What it writes at the end, for a first impression.") SampleConfig sample,
    @Key(
            value = "Start of every random number: two runs with one seed are equal on one thread.",
            otherwise = "1337")
        long seed,
    @Key("Folder for the model, its checkpoints and the report; runs/NAME if left out.")
        Optional<String> out) {

  public Recipe {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
      throw new IllegalArgumentException(
          "name must be letters, digits, dots and dashes, found '%s'".formatted(name));
    }
    if (train.labelSmoothing() > 0) {
      LabelSmoothing.check(task, model);
    }
  }

  /**
   * Reads a recipe.
   *
   * @param file YAML
   * @param overrides {@code key=value}, as in {@code train.steps=500}: they win over the file
   * @throws RecipeException naming every problem with its line
   */
  public static Recipe read(Path file, List<String> overrides) {
    RecipeReader reader = RecipeReader.of(file);
    overrides.forEach(reader::set);
    return reader.bind(Recipe.class);
  }

  /** Reads a recipe from text; the name stands for the file in errors. */
  public static Recipe parse(String name, String yaml, List<String> overrides) {
    RecipeReader reader = RecipeReader.of(name, yaml);
    overrides.forEach(reader::set);
    return reader.bind(Recipe.class);
  }

  /** The folder of the run. */
  public Path folder() {
    return Path.of(out.orElse("runs/" + name));
  }

  /**
   * The checkpoint that the model starts from, if it does not start fresh.
   *
   * @throws RecipeException if it is not there
   */
  Optional<Path> start() {
    return model instanceof TransformerRecipe shape
        ? shape
            .from()
            .map(
                folder ->
                    Checkpoints.named(
                        "model.from",
                        folder,
                        "train one first, fetch one of Hugging Face's, or make one by myna"
                            + " convert"))
        : Optional.empty();
  }

  /** The same with another task, name and folder. */
  Recipe with(TaskRecipe other, String newName, Path newFolder) {
    return new Recipe(
        newName,
        description,
        data,
        tokenizer,
        other,
        model,
        train,
        sample,
        seed,
        Optional.of(newFolder.toString()));
  }

  /** The same in another folder, with another seed. */
  public Recipe in(Path otherFolder, long otherSeed) {
    return new Recipe(
        name,
        description,
        data,
        tokenizer,
        task,
        model,
        train,
        sample,
        otherSeed,
        Optional.of(otherFolder.toString()));
  }

  /** The recipe as YAML, every key written out. */
  public String toYaml() {
    return RecipeWriter.yaml(this);
  }

  /** Every key with its type, its default and its meaning. */
  public static List<RecipeKeys.Entry> keys() {
    return RecipeKeys.of(Recipe.class);
  }
}
