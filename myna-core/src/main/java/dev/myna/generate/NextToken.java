package dev.myna.generate;

import dev.myna.model.Pretrained;
import dev.myna.model.RecurrentModel;
import dev.myna.model.SequenceModel;
import dev.myna.model.Transformer;
import dev.myna.nn.Precision;
import dev.myna.spec.HeadSpec;
import dev.myna.spec.ModelSpec;
import dev.myna.tensor.Device;
import dev.myna.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A language model with its cache, seen as a step function. Rows are sequences of one batch.
 *
 * <p>Logits are {@code rows x vocabulary}, not normalised; the caller may write into them. Token
 * ids are below {@link #vocabulary()}: the caller has checked them. No row is ever asked to hold
 * more than {@link #context()} tokens ({@link Windowed} sees to it).
 */
public interface NextToken extends AutoCloseable {
  /**
   * The language model of a folder, whatever its architecture, ready on a device. Closing it frees
   * its weights too.
   *
   * @throws GenerationException if what the folder holds does not go on from a text
   */
  static NextToken load(Path folder, Device device, Precision precision) {
    if (SequenceModel.isIn(folder)) {
      SequenceModel stored = SequenceModel.load(folder);
      if (stored.goesOn() && stored.model() instanceof RecurrentModel model) {
        model.moveTo(device);
        return new WithWeights(new CachedRecurrent(model, device), model);
      }
      throw mute(folder, stored.model().getClass().getSimpleName());
    }
    Pretrained pretrained = Pretrained.load(folder);
    ModelSpec spec = pretrained.model().spec();
    if (spec instanceof ModelSpec.Decoder && spec.head() instanceof HeadSpec.Language) {
      Transformer model = pretrained.model();
      model.moveTo(device);
      return new WithWeights(new CachedTransformer(model, device, precision), model);
    }
    throw mute(folder, pretrained.config().path("architectures").path(0).asString("an encoder"));
  }

  private static GenerationException mute(Path folder, String found) {
    return new GenerationException(
        "a model that goes on from a text was wanted (a decoder or a recurrent language model), but %s holds another (%s): myna translate, fill and classify predict use those"
            .formatted(folder, found));
  }

  /**
   * Forgets what the rows held and reads one prompt a row, none of them empty. Rows may differ in
   * length: padding is the implementation's business.
   *
   * <p>Called in the middle of a text too, when the window moves: then there are as many prompts as
   * rows, and prompt {@code i} is what row {@code i} shall hold from now on. An encoder-decoder
   * keeps its encoded sources through such a call.
   *
   * @return the logits after the last token of each prompt
   */
  float[][] prefill(int[][] prompts);

  /** Appends one token a row and returns the logits of the next. */
  float[][] step(int[] tokens);

  /**
   * Row {@code i} continues what row {@code parents[i]} was. May repeat rows, drop them, and change
   * their number; the same numbers in the same order change nothing and should cost nothing.
   */
  void reorder(int[] parents);

  /**
   * Logits as their rows.
   *
   * @param logits (B, V)
   */
  static float[][] rows(Tensor logits) {
    float[] flat = logits.toFloats();
    int rows = (int) logits.size(0);
    int vocabulary = flat.length / rows;
    return IntStream.range(0, rows)
        .mapToObj(row -> Arrays.copyOfRange(flat, row * vocabulary, (row + 1) * vocabulary))
        .toArray(float[][]::new);
  }

  /** Whether a {@link #reorder} leaves everything as it is. */
  static boolean changesNothing(int[] parents, long rows) {
    return parents.length == rows
        && IntStream.range(0, parents.length).allMatch(i -> parents[i] == i);
  }

  /** Number of tokens that the model knows. */
  int vocabulary();

  /** Most tokens that a row can hold, {@link Integer#MAX_VALUE} where nothing limits it. */
  int context();

  /** Frees what is remembered of the rows. */
  @Override
  void close();
}
