package dev.myna.train;

import dev.myna.MynaException;
import dev.myna.Progress;
import dev.myna.generate.GenerationConfig;
import dev.myna.generate.Sampling;
import dev.myna.task.Translator;
import dev.myna.tensor.Device;
import dev.myna.text.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An encoder-decoder that a folder holds, ready to make one text of another: one that a recipe
 * trained, whose texts become ids as they did in training, or one of Hugging Face's, whose
 * tokenizer adds what begins and ends a text.
 */
public final class TrainedTranslator implements AutoCloseable {
  /** Makes ids of a text, no more than a number. */
  private interface Reading {
    int[] ids(String text, int most);
  }

  private final Decoding decoding;
  private final Tokenizer tokenizer;
  private final Reading reading;
  private final int longest;

  private TrainedTranslator(Decoding decoding, Tokenizer tokenizer, Reading reading, int longest) {
    this.decoding = decoding;
    this.tokenizer = tokenizer;
    this.reading = reading;
    this.longest = longest;
  }

  /**
   * Loads the best model of a run, or a Hugging Face folder.
   *
   * @throws MynaException if it holds no encoder-decoder
   */
  public static TrainedTranslator load(Path run, Device device) {
    Path folder = Checkpoints.model(run);
    Tokenizer tokenizer = Tokenizer.load(folder);
    Marks marks = new Marks(tokenizer);
    Translator translator = Translator.load(folder);
    Optional<Recipe> recipe = Checkpoints.recipe(folder);
    return new TrainedTranslator(
        new Decoding(
            translator, GenerationConfig.read(folder), Starts.of(translator, marks), device),
        tokenizer,
        recipe.isPresent() ? marks::ended : marks::asSaved,
        recipe.map(Recipe::model).map(ModelRecipe::context).orElseGet(translator::context));
  }

  /** What the folder says about generation. */
  public GenerationConfig config() {
    return decoding.config();
  }

  /**
   * What the model makes of texts: of several for one text, the best; of nothing, nothing. A text
   * that is longer than the model reads is {@linkplain #isCut cut}.
   *
   * @return as many as texts
   */
  public List<String> translate(List<String> texts, Sampling sampling, Progress progress) {
    List<String> said = new ArrayList<>(Collections.nCopies(texts.size(), ""));
    List<Integer> written =
        IntStream.range(0, texts.size()).filter(i -> !texts.get(i).isBlank()).boxed().toList();
    List<int[]> ids = written.stream().map(i -> reading.ids(texts.get(i), longest)).toList();
    List<int[]> found = decoding.say(ids, sampling, progress);
    for (int i = 0; i < found.size(); i++) {
      said.set(written.get(i), tokenizer.decode(found.get(i), true).strip());
    }
    return said;
  }

  /** Whether a text is longer than the model reads. */
  public boolean isCut(String text) {
    return reading.ids(text, Integer.MAX_VALUE).length > longest;
  }

  @Override
  public void close() {
    decoding.translator().module().free();
  }
}
