package dev.myna.text.vectors;

import dev.myna.Progress;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * fastText's classifier for texts and labels held in memory; labels may be any strings.
 *
 * <p>Texts are split at white space alone: case and punctuation are the caller's to settle.
 */
public final class LabelledText {
  private final FastText model;
  private final List<String> labels;

  private LabelledText(FastText model, List<String> labels) {
    this.model = model;
    this.labels = labels;
  }

  /**
   * Learns to tell labels from texts.
   *
   * @param labels one a text
   * @param config supervised settings
   * @throws VectorsException if the texts hold no word
   */
  public static LabelledText train(
      List<String> texts, List<String> labels, FastTextConfig config, Progress progress)
      throws IOException {
    if (texts.size() != labels.size() || texts.isEmpty()) {
      throw new IllegalArgumentException(
          "as many labels as texts and at least one were wanted, found %d texts and %d labels"
              .formatted(texts.size(), labels.size()));
    }
    if (config.model() != FastTextConfig.Model.SUPERVISED) {
      throw new IllegalArgumentException(
          "supervised settings were wanted, found " + config.model());
    }
    Map<String, Integer> numbers = new HashMap<>();
    List<String> distinct = new ArrayList<>();
    for (String label : labels) {
      if (numbers.putIfAbsent(label, distinct.size()) == null) {
        distinct.add(label);
      }
    }
    Path file = Files.createTempFile("myna-labelled", ".txt");
    try {
      try (BufferedWriter out = Files.newBufferedWriter(file)) {
        for (int i = 0; i < texts.size(); i++) {
          String line = texts.get(i).replaceAll("\\s+", " ").replace(config.label(), " ");
          out.write(config.label() + numbers.get(labels.get(i)) + " " + line + "\n");
        }
      }
      return new LabelledText(FastText.train(file, config, progress), List.copyOf(distinct));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** The most probable labels of a text, the most probable first. */
  public List<Prediction> predict(String text, int count) {
    return model.predict(text, count).stream()
        .map(p -> new Prediction(labels.get(Integer.parseInt(p.label())), p.probability()))
        .toList();
  }

  /** The most probable label. */
  public String predict(String text) {
    return predict(text, 1).getFirst().label();
  }

  /** The model, whose labels are numbers in the order of first appearance. */
  public FastText model() {
    return model;
  }
}
