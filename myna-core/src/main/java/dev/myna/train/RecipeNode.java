package dev.myna.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of YAML and where it was found: {@code "line 12"} or {@code "--set train.steps"}. */
sealed interface RecipeNode {
  String place();

  /** A single value; quoted text is never taken for a number. */
  record Scalar(String text, boolean quoted, String place) implements RecipeNode {
    boolean isNull() {
      return !quoted && (text.isEmpty() || text.equals("~") || text.equals("null"));
    }
  }

  record Sequence(List<RecipeNode> items, String place) implements RecipeNode {}

  /** Names to values; changed only by overrides. */
  record Mapping(Map<String, RecipeNode> entries, String place) implements RecipeNode {
    /** The same without a key. */
    Mapping without(String key) {
      Map<String, RecipeNode> others = new LinkedHashMap<>(entries);
      others.remove(key);
      return new Mapping(others, place);
    }

    static Mapping empty(String place) {
      return new Mapping(new LinkedHashMap<>(), place);
    }
  }
}
