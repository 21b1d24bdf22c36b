package dev.myna.train;

import dev.myna.MynaException;
import dev.myna.Progress;
import dev.myna.task.Padded;
import dev.myna.task.Tagger;
import dev.myna.task.Tagging;
import dev.myna.task.WordWindow;
import dev.myna.tensor.DType;
import dev.myna.tensor.Device;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import dev.myna.text.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A tagger that a folder holds, ready to tag words: one that a recipe trained, whose words become
 * ids as they did in training, or one of Hugging Face's ({@code …ForTokenClassification}), whose
 * tokenizer says what begins and ends a text. Of sentences that are longer than it reads, each
 * window is read on its own.
 */
public final class TrainedTagger implements AutoCloseable {
  private static final int ROWS = 32;

  private final Tagger tagger;
  private final WordReading reading;
  private final Device device;

  /**
   * A word and what is said of it.
   *
   * @param probability of the tag; 0 where the word has no tokens and is outside of everything
   */
  public record Word(String word, String tag, double probability) {}

  private TrainedTagger(Tagger tagger, WordReading reading, Device device) {
    this.tagger = tagger;
    this.reading = reading;
    this.device = device;
  }

  /**
   * Loads the best model of a run, or a Hugging Face folder.
   *
   * @throws MynaException if it holds no tagger
   */
  public static TrainedTagger load(Path run, Device device) {
    Path folder = Checkpoints.model(run);
    Tokenizer tokenizer = Tokenizer.load(folder);
    Tagger tagger = Tagger.load(folder, new Marks(tokenizer).padding());
    tagger.module().moveTo(device);
    tagger.module().training(false);
    return new TrainedTagger(
        tagger, WordReading.stored(folder, tokenizer, tagger.context()), device);
  }

  /** Names of the tags. */
  public List<String> labels() {
    return tagger.labels();
  }

  /** Tags the words of a text, which are parted by white space. */
  public List<Word> tag(String text) {
    return tag(List.of(words(text)), Progress.NONE).getFirst();
  }

  /** The words of a text: whatever stands between white space. */
  public static List<String> words(String text) {
    return Arrays.stream(text.strip().split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }

  /**
   * Tags the words of sentences.
   *
   * @return as many sentences, each of as many words
   */
  public List<List<Word>> tag(List<? extends List<String>> sentences, Progress progress) {
    List<List<Word>> tagged = new ArrayList<>();
    for (List<String> words : sentences) {
      tagged.add(
          new ArrayList<>(words.stream().map(word -> new Word(word, Tagging.OUTSIDE, 0)).toList()));
    }
    List<List<WordWindow>> windows = reading.windows(sentences);
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      List<Word> sentence = tagged.get(i);
      windows.get(i).forEach(window -> places.add(new Place(sentence, window)));
    }
    int done = 0;
    int[] lengths = places.stream().mapToInt(place -> place.window().ids().length).toArray();
    for (int[] numbers : Padded.alike(lengths, ROWS)) {
      List<Place> batch = Arrays.stream(numbers).mapToObj(places::get).toList();
      try (Scope scope = Scope.open();
          Gradients off = Gradients.off()) {
        say(batch);
      }
      done += numbers.length;
      progress.at("tagging words", done, places.size());
    }
    return tagged.stream().map(List::copyOf).toList();
  }

  /** A window, and the words of its sentence. */
  private record Place(List<Word> sentence, WordWindow window) {}

  private void say(List<Place> batch) {
    Padded padded = new Padded(batch.stream().map(place -> place.window().ids()).toList());
    Tensor shares = tagger.scores(padded, device).to(DType.FLOAT32).softmax(-1); // (B, T, L)
    float[] all = shares.to(Device.CPU).toFloats();
    int labels = labels().size();
    for (int row = 0; row < batch.size(); row++) {
      int[] words = batch.get(row).window().words();
      for (int token = 0; token < words.length; token++) {
        if (words[token] == WordWindow.NONE) {
          continue;
        }
        int at = (row * padded.longest() + token) * labels;
        int best = 0;
        for (int k = 1; k < labels; k++) {
          best = all[at + k] > all[at + best] ? k : best;
        }
        String tag = labels().get(best);
        float share = all[at + best];
        batch.get(row).sentence().set(words[token], said(batch.get(row), words[token], tag, share));
      }
    }
  }

  private static Word said(Place place, int word, String tag, double probability) {
    return new Word(place.sentence().get(word).word(), tag, probability);
  }

  @Override
  public void close() {
    tagger.module().free();
  }
}
