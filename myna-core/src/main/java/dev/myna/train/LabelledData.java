package dev.myna.train;

import dev.myna.text.classify.Example;
import dev.myna.text.classify.ExampleReader;
import dev.myna.text.classify.Folds;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The labelled texts of a recipe.
 *
 * @param labels names of the classes, sorted
 */
record LabelledData(
    List<Example> training, List<Example> heldOut, List<Example> test, List<String> labels) {

  static LabelledData read(Recipe recipe, TaskRecipe.Classification task) {
    DataConfig data = recipe.data();
    List<Example> all = examples(data, data.train(), data.targets());
    List<Example> test = examples(data, data.test(), data.testTargets());
    List<Example> training = all;
    List<String> labels = all.stream().map(Example::label).distinct().sorted().toList();
    if (task.fold() > 0 && task.folds() > 1) {
      int[] numbers = all.stream().mapToInt(e -> labels.indexOf(e.label())).toArray();
      int[] order = Folds.shuffled(all.size(), 1);
      int[] shuffled = Arrays.stream(order).map(i -> numbers[i]).toArray();
      int[] part = Folds.stratified(shuffled, labels.size(), task.folds()).get(task.fold() - 1);
      test = Arrays.stream(part).mapToObj(i -> all.get(order[i])).toList();
      training =
          Arrays.stream(Folds.others(all.size(), part)).mapToObj(i -> all.get(order[i])).toList();
    }
    Parted parted = parted(recipe, training);
    requireKnown(labels, parted.heldOut());
    requireKnown(labels, test);
    return new LabelledData(
        evened(parted.training(), task.sampling(), recipe.seed()), parted.heldOut(), test, labels);
  }

  /** Texts whose labels are numbers. */
  static LabelledData numbered(Recipe recipe) {
    DataConfig data = recipe.data();
    List<Example> all = examples(data, data.train(), data.targets());
    List<Example> test = examples(data, data.test(), data.testTargets());
    Parted parted = parted(recipe, all);
    for (List<Example> examples : List.of(all, parted.heldOut(), test)) {
      for (Example example : examples) {
        if (!isNumber(example.label())) {
          throw new RecipeException(
              "a number was wanted for each text, found '%s' for \"%s\""
                  .formatted(example.label(), example.text()));
        }
      }
    }
    return new LabelledData(parted.training(), parted.heldOut(), test, List.of());
  }

  private static boolean isNumber(String label) {
    try {
      return Double.isFinite(Double.parseDouble(label));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private record Parted(List<Example> training, List<Example> heldOut) {}

  /** What is learned from and what is judged by: files of their own, or some at random. */
  private static Parted parted(Recipe recipe, List<Example> training) {
    DataConfig data = recipe.data();
    List<Example> heldOut = examples(data, data.validation(), data.validationTargets());
    if (!heldOut.isEmpty()) {
      return new Parted(training, heldOut);
    }
    int[] order = Folds.shuffled(training.size(), recipe.seed());
    int held = (int) Math.max(1, Math.round(training.size() * data.validationFraction()));
    return new Parted(
        IntStream.range(held, order.length).mapToObj(i -> training.get(order[i])).toList(),
        IntStream.range(0, held).mapToObj(i -> training.get(order[i])).toList());
  }

  private static List<Example> examples(DataConfig data, List<String> files, List<String> targets) {
    ExampleReader reader = new ExampleReader(null, null, Charset.forName(data.charset()));
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      Path file = Path.of(files.get(i));
      examples.addAll(
          targets.isEmpty() ? reader.read(file) : reader.read(file, Path.of(targets.get(i))));
    }
    return examples;
  }

  private static void requireKnown(List<String> labels, List<Example> examples) {
    examples.stream()
        .map(Example::label)
        .filter(label -> !labels.contains(label))
        .findFirst()
        .ifPresent(
            label -> {
              throw new RecipeException(
                  "the training data have the labels %s, but the data to be judged by also '%s'"
                      .formatted(labels, label));
            });
  }

  /** As many examples of each class, if wanted, in a random order. */
  private static List<Example> evened(
      List<Example> examples, TaskRecipe.Classification.Sampling sampling, long seed) {
    Map<String, List<Example>> classes = new HashMap<>();
    examples.forEach(e -> classes.computeIfAbsent(e.label(), l -> new ArrayList<>()).add(e));
    IntStream sizes = classes.values().stream().mapToInt(List::size);
    int wanted =
        switch (sampling) {
          case NONE -> 0;
          case OVER -> sizes.max().orElse(0);
          case UNDER -> sizes.min().orElse(0);
        };
    if (wanted == 0) {
      return examples;
    }
    List<Example> evened = new ArrayList<>();
    Random random = new Random(seed);
    classes.keySet().stream()
        .sorted()
        .forEach(
            label -> {
              List<Example> own = classes.getOrDefault(label, List.of());
              Collections.shuffle(own, random);
              IntStream.range(0, wanted).forEach(i -> evened.add(own.get(i % own.size())));
            });
    return evened;
  }
}
