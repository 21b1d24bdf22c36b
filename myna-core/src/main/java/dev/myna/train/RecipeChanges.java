package dev.myna.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What of a recipe is another than when the training that goes on was stopped. */
final class RecipeChanges {
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
    Optional<Recipe> kept = Checkpoints.recipe(checkpoint);
    List<String> changes = new ArrayList<>();
    if (kept.isEmpty()) {
      return changes;
    }
    Map<String, String> then = leaves(kept.get());
    Map<String, String> now = leaves(recipe);
    Set<String> keys = new LinkedHashSet<>(then.keySet());
    keys.addAll(now.keySet());
    for (String key : keys) {
      String before = then.getOrDefault(key, "left out");
      String after = now.getOrDefault(key, "left out");
      if (before.equals(after)) {
        continue;
      }
      if (FIXED.stream().anyMatch(key::startsWith)) {
        throw new TrainingException(
            "%s was %s when this training was stopped and is %s now; leave it as it was, or begin anew with --overwrite"
                .formatted(key, before, after));
      }
      if (NOTED.stream().anyMatch(key::startsWith)) {
        changes.add("%s is %s, and was %s".formatted(key, after, before));
      }
    }
    return changes;
  }

  private static Map<String, String> leaves(Recipe recipe) {
    return RecipeReader.of(recipe.name(), recipe.toYaml()).leaves();
  }
}
