package dev.myna.train;

import dev.myna.MynaException;
import dev.myna.Progress;
import dev.myna.generate.GenerationConfig;
import dev.myna.generate.Sampling;
import dev.myna.task.Translator;
import dev.myna.tensor.Device;
import dev.myna.text.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * An encoder-decoder that a folder holds, ready to make one text of another: one that a recipe
 * trained, whose texts become ids as they did in training, or one of Hugging Face's, whose
 * tokenizer adds what begins and ends a text.
 */
public final class TrainedTranslator implements AutoCloseable {
  private final Decoding decoding;
  private final Tokenizer tokenizer;
  private final Function<String, int[]> reading;

  private TrainedTranslator(
      Decoding decoding, Tokenizer tokenizer, Function<String, int[]> reading) {
    this.decoding = decoding;
    this.tokenizer = tokenizer;
    this.reading = reading;
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
    Function<String, int[]> reading =
        Checkpoints.recipe(folder)
            .map(recipe -> recipe.model().context())
            .<Function<String, int[]>>map(context -> text -> marks.ended(text, context))
            .orElseGet(() -> text -> marks.asSaved(text, translator.context()));
    return new TrainedTranslator(
        new Decoding(
            translator, GenerationConfig.read(folder), Starts.of(translator, marks), device),
        tokenizer,
        reading);
  }

  /** What the folder says about generation. */
  public GenerationConfig config() {
    return decoding.config();
  }

  /**
   * What the model makes of texts: of several for one text, the best.
   *
   * @return as many as texts
   */
  public List<String> translate(List<String> texts, Sampling sampling, Progress progress) {
    return decoding.say(texts.stream().map(reading).toList(), sampling, progress).stream()
        .map(ids -> tokenizer.decode(ids, true).strip())
        .toList();
  }

  @Override
  public void close() {
    decoding.translator().module().free();
  }
}
