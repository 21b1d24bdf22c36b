package dev.myna.task;

import dev.myna.text.metrics.Averaging;
import dev.myna.text.metrics.Classification;
import dev.myna.text.metrics.Entities;
import dev.myna.text.metrics.EntityScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Puts together what a tagger says of the windows of sentences, and judges it. */
final class TagJudge {
  /** A window and the number of its sentence. */
  record Place(int sentence, WordWindow window) {}

  private final List<String> labels;
  private final TagNumbers numbers;
  private final List<Tagging.Tagged> sentences;
  private final List<Place> places = new ArrayList<>();
  private final List<List<String>> said = new ArrayList<>();
  private double nats;
  private long counted;

  TagJudge(List<String> labels, List<Tagging.Tagged> sentences) {
    this.labels = labels;
    this.sentences = sentences;
    numbers = new TagNumbers(labels);
    for (int i = 0; i < sentences.size(); i++) {
      int sentence = i;
      sentences.get(i).windows().forEach(window -> places.add(new Place(sentence, window)));
      said.add(
          new ArrayList<>(Collections.nCopies(sentences.get(i).tags().size(), Tagging.OUTSIDE)));
    }
  }

  /** All windows, those of about one length together. */
  List<List<Place>> batches(int rows) {
    if (places.isEmpty()) {
      return List.of();
    }
    int[] lengths = places.stream().mapToInt(place -> place.window().ids().length).toArray();
    return Shuffled.once(lengths, rows, 0).stream()
        .map(batch -> Arrays.stream(batch).mapToObj(places::get).toList())
        .toList();
  }

  /** A batch with the targets that are known. */
  Tagging.Windows windows(List<Place> batch) {
    return new Tagging.Windows(
        WordWindow.padded(batch.stream().map(Place::window).toList()),
        batch.stream()
            .map(place -> numbers.of(place.window(), sentences.get(place.sentence()).tags()))
            .toList());
  }

  /**
   * Takes what was said of a batch.
   *
   * @param best (B·T) numbers of tags
   * @param loss in nats, of all targets that counted
   */
  void hear(List<Place> batch, long[] best, double loss, long targets) {
    nats += loss;
    counted += targets;
    int longest = best.length / batch.size();
    for (int row = 0; row < batch.size(); row++) {
      Place place = batch.get(row);
      int[] words = place.window().words();
      for (int token = 0; token < words.length; token++) {
        if (words[token] != WordWindow.NONE) {
          said.get(place.sentence())
              .set(words[token], labels.get((int) best[row * longest + token]));
        }
      }
    }
  }

  /** Entities where the tags are of that kind, else the tags themselves. */
  Evaluation evaluation() {
    List<List<String>> truth = sentences.stream().map(Tagging.Tagged::tags).toList();
    Evaluation.Figure loss = Evaluation.Figure.falling(Evaluation.LOSS, nats / counted);
    if (Entities.areIn(labels)) {
      EntityScores scores = EntityScores.of(truth, said);
      return Evaluation.of(
          Evaluation.Figure.rising("entity_f1", scores.all().f1()),
          Evaluation.Figure.rising("entity_precision", scores.all().precision()),
          Evaluation.Figure.rising("entity_recall", scores.all().recall()),
          Evaluation.Figure.rising("accuracy", scores.accuracy()),
          loss);
    }
    Classification tags = Classification.of(joined(truth), joined(said));
    return Evaluation.of(
        Evaluation.Figure.rising("accuracy", tags.accuracy()),
        Evaluation.Figure.rising("macro_f1", tags.average(Averaging.MACRO, 1).fscore()),
        loss);
  }

  private static List<String> joined(List<List<String>> tags) {
    return tags.stream().flatMap(List::stream).toList();
  }
}
