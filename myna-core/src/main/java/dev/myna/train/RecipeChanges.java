package dev.myna.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What of a recipe is another than when the training that goes on was stopped. */
final class RecipeChanges {
  /** The recipe of a checkpoint, within its folder. */
  static final String KEPT = "training/recipe.yaml";

  private static final List<String> FIXED = List.of("model.", "tokenizer.", "task.", "seed");
  private static final List<String> NOTED = List.of("data.", "train.");

  private RecipeChanges() {}

  /**
   * Changes that the user should know: with them, the remaining steps are not those of a training
   * that never stopped.
   *
   * @throws TrainingException if the checkpoint could not be what the recipe says
   */
  static List<String> since(Path checkpoint, Recipe recipe) {
    Path file = checkpoint.resolve(KEPT);
    List<String> changes = new ArrayList<>();
    if (!Files.exists(file)) {
      return changes;
    }
    Map<String, String> now = RecipeReader.of("the recipe", recipe.toYaml()).leaves();
    Map<String, String> then = RecipeReader.of(file).leaves();
    for (Map.Entry<String, String> entry : then.entrySet()) {
      String key = entry.getKey();
      String value = Optional.ofNullable(now.get(key)).orElse("nothing");
      if (value.equals(entry.getValue())) {
        continue;
      }
      if (FIXED.stream().anyMatch(key::startsWith)) {
        throw new TrainingException(
            "%s was %s when this training was stopped and is %s now; leave it as it was, or begin anew with --overwrite"
                .formatted(key, entry.getValue(), value));
      }
      if (NOTED.stream().anyMatch(key::startsWith)) {
        changes.add("%s is %s, and was %s".formatted(key, value, entry.getValue()));
      }
    }
    return changes;
  }
}
