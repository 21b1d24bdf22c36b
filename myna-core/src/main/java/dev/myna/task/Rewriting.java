package dev.myna.task;

import dev.myna.Progress;
import dev.myna.nn.Module;
import dev.myna.tensor.Device;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongFunction;

/**
 * A model learns to make one text of another: to translate, or to restore what was spoilt (T5's
 * spans, BART's noises).
 */
public final class Rewriting implements Task<Rewriting.Numbered> {
  /** A batch that knows its number. */
  public record Numbered(PairBatch pairs, long number) implements Weighed {
    @Override
    public int tokens() {
      return pairs.tokens();
    }
  }

  private final Translator translator;
  private final LongFunction<PairBatch> source;
  private final List<PairBatch> heldOut;
  private final TaskSettings settings;

  /**
   * @param source batches by their number
   * @param heldOut batches to be judged by
   */
  public Rewriting(
      Translator translator,
      LongFunction<PairBatch> source,
      List<PairBatch> heldOut,
      TaskSettings settings) {
    this.translator = translator;
    this.source = source;
    this.heldOut = List.copyOf(heldOut);
    this.settings = settings;
  }

  @Override
  public Module model() {
    return translator.module();
  }

  @Override
  public Numbered batch(long number) {
    return new Numbered(source.apply(number), number);
  }

  @Override
  public Tensor loss(Numbered batch, Device device) {
    return translator.loss(batch.pairs(), settings.smoothing(), batch.number(), device);
  }

  @Override
  public List<Part<Numbered>> parts(Numbered batch, int most) {
    PairBatch pairs = batch.pairs();
    return Part.apart(
        pairs.sources().size(),
        most,
        (from, to) ->
            new Numbered(
                new PairBatch(
                    pairs.sources().subList(from, to),
                    pairs.targets().subList(from, to),
                    pairs.start(),
                    pairs.padding()),
                batch.number()),
        part -> part.pairs().saidTokens());
  }

  @Override
  public Evaluation evaluate(Device device, Progress progress) {
    double nats = 0;
    long tokens = 0;
    for (PairBatch batch : Task.judged(heldOut, progress)) {
      try (Scope scope = Scope.open()) {
        nats += translator.loss(batch, 0, Long.MAX_VALUE, device).item() * batch.saidTokens();
        tokens += batch.saidTokens();
      }
    }
    return Evaluation.of(
        Evaluation.Figure.falling(Evaluation.LOSS, nats / tokens),
        Evaluation.Figure.falling("perplexity", Math.exp(nats / tokens)));
  }

  @Override
  public void save(Path folder) {
    translator.save(folder);
  }

  @Override
  public long elements() {
    return (long) settings.rows() * settings.length() * translator.width();
  }
}
