package dev.myna.generate;

import dev.myna.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Continues prompts with a language model: greedily, by sampling or by beam search, many at a time.
 *
 * <p>Each text depends on its own prompt and on the options alone, not on what else is in the batch
 * nor on its place there. A text that outgrows the model's context goes on with its last tokens
 * ({@link Windowed}). A prompt that is empty is given the model's start token.
 *
 * <p>Not safe for use by several threads at once: the model holds the cache of one batch.
 */
public final class Generator implements AutoCloseable {
  private final Windowed model;
  private final GenerationConfig config;
  private final @Nullable Supplier<Detokenizer> detokenizers;

  /** A generator that gives tokens without text. */
  public Generator(NextToken model, GenerationConfig config) {
    this(model, config, null);
  }

  /**
   * @param detokenizers makes one for each text
   */
  public Generator(
      NextToken model, GenerationConfig config, @Nullable Supplier<Detokenizer> detokenizers) {
    this.model = new Windowed(model);
    this.config = config;
    this.detokenizers = detokenizers;
  }

  public GenerationConfig config() {
    return config;
  }

  /** Continues one prompt and returns its text (the first, where several were asked for). */
  public Generated generate(int[] prompt, Sampling sampling) {
    return generate(List.of(prompt), sampling, Listener.NONE, Progress.NONE).texts().getFirst();
  }

  /**
   * Continues a batch of prompts.
   *
   * @param prompts token ids; may differ in length
   * @throws GenerationException if a prompt does not suit the model, or its logits are no numbers
   */
  public Generation generate(
      List<int[]> prompts, Sampling sampling, Listener listener, Progress progress) {
    if (prompts.isEmpty()) {
      throw new IllegalArgumentException("at least one prompt is wanted: there is none");
    }
    if (!sampling.stopStrings().isEmpty() && detokenizers == null) {
      throw new IllegalArgumentException(
          "stop strings are found in text: give the generator a detokenizer");
    }
    if (sampling.logProbabilities() > model.vocabulary()) {
      throw new GenerationException(
          "logprobs must be at most the vocabulary of %d tokens: it is %d"
              .formatted(model.vocabulary(), sampling.logProbabilities()));
    }
    List<Tokens> rows = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      rows.add(prepare(prompts.get(i), i, prompts.size(), sampling));
    }
    long read = rows.stream().mapToLong(Tokens::length).sum();
    Run run = new Run(model, config, detokenizers, sampling, listener, progress);
    model.shift(sampling.contextShift());
    long start = System.nanoTime();
    float[][] logits = model.prefill(rows.stream().map(Tokens::all).toArray(int[][]::new));
    long middle = System.nanoTime();
    List<Generated> texts =
        switch (sampling.strategy()) {
          case Strategy.Beam beam -> new BeamLoop(run, beam).texts(rows, logits);
          case Strategy.Greedy _, Strategy.Random _ -> new RowLoop(run).texts(rows, logits);
        };
    long end = System.nanoTime();
    return new Generation(
        texts,
        sampling,
        new Generation.Figures(read, run.chosen(), (middle - start) / 1e9, (end - middle) / 1e9));
  }

  /** Checks a prompt against the model and gives it its length limit. */
  private Tokens prepare(int[] prompt, int index, int count, Sampling sampling) {
    String name = count == 1 ? "the prompt" : "prompt " + index;
    int[] ids = prompt;
    if (ids.length == 0) {
      Integer start = config.startToken();
      if (start == null) {
        throw new GenerationException(
            name + " is empty and the model has no start token: give at least one token");
      }
      ids = new int[] {start};
    }
    for (int place = 0; place < ids.length; place++) {
      if (ids[place] < 0 || ids[place] >= model.vocabulary()) {
        throw new GenerationException(
            "%s has the id %d at place %d and the model knows ids from 0 to %d: encode it with the model's own tokenizer"
                .formatted(name, ids[place], place, model.vocabulary() - 1));
      }
    }
    if (ids.length >= sampling.maxLength()) {
      throw new GenerationException(
          "%s has %d tokens and max_length is %d, prompt included: raise it, or leave it out and say max_new_tokens"
              .formatted(name, ids.length, sampling.maxLength()));
    }
    long limit = Math.min((long) ids.length + sampling.maxNewTokens(), sampling.maxLength());
    return new Tokens(ids, (int) Math.min(limit, Integer.MAX_VALUE));
  }

  @Override
  public void close() {
    model.close();
  }
}
