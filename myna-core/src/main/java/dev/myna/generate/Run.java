package dev.myna.generate;

import dev.myna.Progress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the loop over steps of one call works with. */
final class Run {
  private final NextToken model;
  private final @Nullable Supplier<Detokenizer> detokenizers;
  private final Sampling sampling;
  private final Listener listener;
  private final Progress progress;
  private final LogitsProcessor processors;
  private final Set<Integer> ends;
  private long chosen;
  private long steps;

  Run(
      NextToken model,
      GenerationConfig config,
      @Nullable Supplier<Detokenizer> detokenizers,
      Sampling sampling,
      Listener listener,
      Progress progress) {
    this.model = model;
    this.detokenizers = detokenizers;
    this.sampling = sampling;
    this.listener = listener;
    this.progress = progress;
    this.processors = new Processors(config, sampling);
    this.ends = new LinkedHashSet<>(config.endTokens());
  }

  Sampling sampling() {
    return sampling;
  }

  LogitsProcessor processors() {
    return processors;
  }

  Set<Integer> ends() {
    return ends;
  }

  /** Tokens in the texts so far. */
  long chosen() {
    return chosen;
  }

  /** The text of a row behind its prompt. */
  TextRow text(Tokens tokens, List<String> stopStrings) {
    return new TextRow(detokenizers, stopStrings, tokens.prompt());
  }

  /** Tells of a token; false where the listener wants no more of its text. */
  boolean tell(Listener.Piece piece) {
    chosen++;
    return listener.heard(piece);
  }

  /** Makes several rows of each, in the model too; returns their logits. */
  float[][] repeat(float[][] logits, int copies) {
    float[][] repeated = new float[logits.length * copies][];
    int[] parents = new int[repeated.length];
    for (int i = 0; i < repeated.length; i++) {
      parents[i] = i / copies;
      repeated[i] = logits[i / copies].clone();
    }
    model.reorder(parents);
    return repeated;
  }

  /** Ends a step: rows go on as the parents say, each with its token. */
  float[][] goOn(List<Integer> parents, List<Integer> tokens) {
    model.reorder(array(parents));
    return model.step(array(tokens));
  }

  void stepped() {
    steps++;
    long most = sampling.maxNewTokens() == Integer.MAX_VALUE ? -1 : sampling.maxNewTokens();
    progress.at("generating", steps, most);
  }

  private static int[] array(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}
