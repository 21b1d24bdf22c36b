package dev.myna.train;

import dev.myna.Progress;
import dev.myna.task.Padded;
import dev.myna.tensor.Device;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import dev.myna.text.Tokenizer;
import dev.myna.text.Truncation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * What a model says of many texts, a row of numbers each: texts of about one length go through it
 * together.
 *
 * @param reading makes ids of a text
 * @param model makes (B, L) of B texts
 */
record TextRows(Function<String, int[]> reading, Function<Padded, Tensor> model) {
  private static final int BATCH = 32;

  /**
   * How texts become ids for a stored model: as its recipe had them, or, where none lies there, as
   * its tokenizer was saved; padding and limits that it was saved with give way.
   *
   * @param ids of a text alone
   * @param context the longest text that the model reads, where no recipe says
   */
  static Function<String, int[]> reading(
      Path folder, Marks marks, Function<String, int[]> ids, int context) {
    return Checkpoints.recipe(folder)
        .map(Recipe::model)
        .<Function<String, int[]>>map(model -> text -> marks.read(model, ids.apply(text)))
        .orElseGet(() -> asSaved(marks, context));
  }

  private static Function<String, int[]> asSaved(Marks marks, int context) {
    Tokenizer cutting =
        marks.tokenizer().toBuilder().padding(null).truncation(Truncation.to(context)).build();
    return text -> {
      int[] ids = cutting.encode(text).ids();
      return ids.length == 0 ? new int[] {marks.padding()} : ids;
    };
  }

  List<float[]> of(List<String> texts, String doing, Progress progress) {
    List<int[]> ids = texts.stream().map(reading).toList();
    List<float[]> found = new ArrayList<>(Collections.nCopies(ids.size(), new float[0]));
    int done = 0;
    for (int[] batch : Padded.alike(ids.stream().mapToInt(text -> text.length).toArray(), BATCH)) {
      try (Scope scope = Scope.open();
          Gradients off = Gradients.off()) {
        Padded padded = new Padded(Arrays.stream(batch).mapToObj(ids::get).toList());
        float[] said = model.apply(padded).to(Device.CPU).toFloats();
        int size = said.length / batch.length;
        for (int row = 0; row < batch.length; row++) {
          found.set(batch[row], Arrays.copyOfRange(said, row * size, (row + 1) * size));
        }
      }
      done += batch.length;
      progress.at(doing, done, ids.size());
    }
    return found;
  }
}
