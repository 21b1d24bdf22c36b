package dev.myna.train;

import dev.myna.model.Transformer;
import dev.myna.nn.Precision;
import dev.myna.tensor.Device;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Scope;
import dev.myna.text.corpus.Shards;
import java.util.ArrayList;
import java.util.List;

/**
 * How well a model predicts held-out text.
 *
 * @param loss mean cross-entropy, nats a token
 * @param bitsPerByte bits for each byte of UTF-8: comparable between tokenizers
 * @param tokens number of predicted tokens
 */
public record Evaluation(double loss, double bitsPerByte, long tokens) {
  /** {@code exp(loss)}: between how many tokens the model wavers. */
  public double perplexity() {
    return Math.exp(loss);
  }

  /**
   * Predicts held-out text in windows of T tokens that do not overlap.
   *
   * @param rows windows of one batch
   * @param length T
   * @param batches how many batches to take, evenly spread over the text; 0 for all of it
   */
  public static Evaluation of(
      Transformer model,
      Shards heldOut,
      int rows,
      int length,
      int batches,
      Precision precision,
      Device device) {
    boolean wasTraining = model.training();
    model.training(false);
    try (Gradients off = Gradients.off()) {
      double nats = 0;
      long tokens = 0;
      for (List<Long> starts : plan(heldOut, rows, length, batches)) {
        Batch batch = read(heldOut, starts, length);
        try (Scope scope = Scope.open()) {
          double loss =
              precision.call(() -> Objective.NEXT_TOKEN.loss(model, batch, device)).item();
          nats += loss * batch.tokens();
          tokens += batch.tokens();
        }
      }
      double loss = nats / tokens;
      double bits = loss / Math.log(2) * heldOut.size() / heldOut.bytes();
      return new Evaluation(loss, bits, tokens);
    } finally {
      model.training(wasTraining);
    }
  }

  /** Starts of the windows, a list a batch; a last shorter window makes a batch of its own. */
  private static List<List<Long>> plan(Shards heldOut, int rows, int length, int batches) {
    long predicted = heldOut.size() - 1;
    if (predicted < 1) {
      throw new TrainingException(
          "evaluation wants at least 2 held-out tokens, found %d; hold out more text"
              .formatted(heldOut.size()));
    }
    long windows = predicted / length;
    List<List<Long>> plan = new ArrayList<>();
    long wholeBatches = (windows + rows - 1) / rows;
    long taken = batches == 0 ? wholeBatches : Math.min(batches, wholeBatches);
    for (long i = 0; i < taken; i++) {
      long first = i * wholeBatches / taken * rows;
      List<Long> starts = new ArrayList<>();
      for (long w = first; w < Math.min(first + rows, windows); w++) {
        starts.add(w * length);
      }
      plan.add(starts);
    }
    boolean rest = predicted % length > 0;
    if (rest && (batches == 0 || plan.isEmpty())) {
      plan.add(List.of(windows * length));
    }
    return plan;
  }

  private static Batch read(Shards heldOut, List<Long> starts, int length) {
    int width = (int) Math.min(length, heldOut.size() - 1 - starts.getLast());
    int[] ids = new int[starts.size() * width];
    int[] targets = new int[starts.size() * width];
    for (int row = 0; row < starts.size(); row++) {
      heldOut.read(starts.get(row), ids, row * width, width);
      heldOut.read(starts.get(row) + 1, targets, row * width, width);
    }
    return new Batch(ids, targets, starts.size());
  }
}
