package dev.myna.train;

import dev.myna.text.augment.Augmentation;
import dev.myna.text.augment.Synonyms;
import dev.myna.text.classify.Example;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What is made of training texts beside themselves (Wei and Zou, 2019). */
public record AugmentConfig(
    @Key(
            value = "Changed versions of each training text that are learned from beside it.",
            otherwise = "0",
            least = 0,
            most = 1000)
        int copies,
    @Key(
            value = "Share of the words of a version that are left out.",
            otherwise = "0.1",
            least = 0,
            most = 0.99)
        double deletion,
    @Key(
            value = "Pairs of words that change places, as a share of the words.",
            otherwise = "0.1",
            least = 0,
            most = 0.99)
        double swaps,
    @Key("File of synonyms, a group a line, between commas or tabs.") Optional<String> synonyms,
    @Key(
            value = "Share of the words that have synonyms and give way to one.",
            otherwise = "0.1",
            least = 0,
            most = 0.99)
        double replacement) {

  /** Examples and what is made of them, each followed by its versions. */
  List<Example> of(List<Example> examples, long seed) {
    if (copies == 0) {
      return examples;
    }
    Augmentation augmentation = Augmentation.deletion(deletion).then(Augmentation.swaps(swaps));
    if (synonyms.isPresent()) {
      Synonyms known = Synonyms.read(Path.of(synonyms.get()));
      augmentation = Augmentation.synonyms(known, replacement).then(augmentation);
    }
    Random random = new Random(seed);
    List<Example> all = new ArrayList<>();
    for (Example example : examples) {
      all.add(example);
      for (int i = 0; i < copies; i++) {
        all.add(new Example(augmentation.of(example.text(), random), example.label()));
      }
    }
    return all;
  }
}
