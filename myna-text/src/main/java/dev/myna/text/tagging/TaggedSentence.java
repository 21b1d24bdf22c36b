package dev.myna.text.tagging;

import java.util.List;

/**
 * A sentence whose words have tags.
 *
 * @param words at least one
 * @param tags one a word
 */
public record TaggedSentence(List<String> words, List<String> tags) {
  public TaggedSentence {
    words = List.copyOf(words);
    tags = List.copyOf(tags);
    if (words.isEmpty() || words.size() != tags.size()) {
      throw new IllegalArgumentException(
          "a sentence has words and as many tags, found %d words and %d tags"
              .formatted(words.size(), tags.size()));
    }
  }
}
