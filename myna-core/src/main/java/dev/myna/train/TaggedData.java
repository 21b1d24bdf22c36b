package dev.myna.train;

import dev.myna.text.classify.Folds;
import dev.myna.text.tagging.TaggedReader;
import dev.myna.text.tagging.TaggedSentence;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The tagged sentences of a recipe.
 *
 * @param labels names of the tags to learn, sorted
 */
record TaggedData(
    List<TaggedSentence> training,
    List<TaggedSentence> heldOut,
    List<TaggedSentence> test,
    List<String> labels) {

  static TaggedData read(Recipe recipe) {
    DataConfig data = recipe.data();
    if (!data.targets().isEmpty()
        || !data.validationTargets().isEmpty()
        || !data.testTargets().isEmpty()) {
      throw new RecipeException(
          "tags stand beside their words in the same file, and data.targets and its like name files"
              + " of their own: leave them out");
    }
    List<TaggedSentence> all = sentences(data, data.train());
    List<TaggedSentence> heldOut = sentences(data, data.validation());
    List<TaggedSentence> training = all;
    if (heldOut.isEmpty()) {
      int[] order = Folds.shuffled(all.size(), recipe.seed());
      int held = (int) Math.max(1, Math.round(all.size() * data.validationFraction()));
      if (held == all.size()) {
        throw new RecipeException(
            "two sentences and more were wanted, to learn from and to be judged by, found one; add"
                + " some to data.train or name others in data.validation");
      }
      heldOut = IntStream.range(0, held).mapToObj(i -> all.get(order[i])).toList();
      training = IntStream.range(held, order.length).mapToObj(i -> all.get(order[i])).toList();
    }
    return new TaggedData(
        training, heldOut, sentences(data, data.test()), List.copyOf(tags(training)));
  }

  private static List<TaggedSentence> sentences(DataConfig data, List<String> files) {
    List<TaggedSentence> sentences = new ArrayList<>();
    for (String file : files) {
      sentences.addAll(TaggedReader.read(Path.of(file), Charset.forName(data.charset())));
    }
    return sentences;
  }

  private static Set<String> tags(List<TaggedSentence> sentences) {
    Set<String> tags = new TreeSet<>();
    sentences.forEach(sentence -> tags.addAll(sentence.tags()));
    return tags;
  }

  /** Tags of the sentences to be judged by that cannot be learned from the others. */
  List<String> unknown() {
    Set<String> tags = tags(heldOut);
    tags.addAll(tags(test));
    labels.forEach(tags::remove);
    return List.copyOf(tags);
  }
}
