package dev.myna.train;

import dev.myna.MynaException;
import dev.myna.Progress;
import dev.myna.nn.Loss;
import dev.myna.task.Embedder;
import dev.myna.task.SentenceReading;
import dev.myna.tensor.Device;
import dev.myna.text.Tokenizer;
import java.nio.file.Path;
import java.util.List;

/**
 * A model that a folder holds, ready to make vectors of texts: one that a recipe trained, or one of
 * sentence-transformers.
 */
public final class TrainedEmbedder implements AutoCloseable {
  private final Embedder embedder;
  private final TextRows rows;

  private TrainedEmbedder(Embedder embedder, TextRows rows) {
    this.embedder = embedder;
    this.rows = rows;
  }

  /**
   * Loads the best model of a run, or a folder of sentence-transformers.
   *
   * @throws MynaException if it holds nothing that makes vectors of texts
   */
  public static TrainedEmbedder load(Path run, Device device) {
    Path folder = Checkpoints.model(run);
    SentenceReading wanted = SentenceReading.of(folder);
    Tokenizer tokenizer = wanted.tokenizer();
    Marks marks = new Marks(tokenizer);
    Embedder embedder = Embedder.load(folder, marks.padding());
    embedder.module().moveTo(device);
    embedder.module().training(false);
    return new TrainedEmbedder(
        embedder,
        new TextRows(
            TextRows.reading(
                    folder, marks, tokenizer::ids, Math.min(wanted.longest(), embedder.context()))
                .compose(wanted::text),
            texts -> Loss.unit(embedder.vectors(texts, device))));
  }

  /**
   * A vector for each text, of length one: the dot product of two is the cosine, from -1 to 1.
   *
   * @return as many as texts
   */
  public List<float[]> vectors(List<String> texts, Progress progress) {
    return rows.of(texts, "reading texts", progress);
  }

  @Override
  public void close() {
    embedder.module().free();
  }
}
