package dev.myna.task;

import dev.myna.nn.Loss;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The numbers of a tagger's tags. */
final class TagNumbers {
  private final Map<String, Integer> numbers = new HashMap<>();

  TagNumbers(List<String> labels) {
    for (String label : labels) {
      numbers.putIfAbsent(label, numbers.size());
    }
  }

  /** Refuses a tag that is none of them. */
  void require(String tag) {
    if (!numbers.containsKey(tag)) {
      throw new IllegalArgumentException(
          "a tag to learn must be one of the tagger's %s, found %s"
              .formatted(numbers.keySet(), tag));
    }
  }

  /** Of each token of a window the number of the tag that it bears, if it does and it is known. */
  int[] of(WordWindow window, List<String> tags) {
    return Arrays.stream(window.words())
        .map(
            word ->
                word == WordWindow.NONE
                    ? Loss.IGNORED
                    : numbers.getOrDefault(tags.get(word), Loss.IGNORED))
        .toArray();
  }
}
