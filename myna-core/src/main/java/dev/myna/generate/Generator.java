package dev.myna.generate;

import dev.myna.Progress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Continues prompts with a language model: greedily, by sampling or by beam search, many at a time.
 *
 * <p>Each text depends on its own prompt and on the options alone, not on what else is in the batch
 * nor on its place there. A text that outgrows the model's context goes on with the last part of
 * itself ({@link Windowed}). A prompt that is empty is given the model's start token.
 *
 * <p>Not safe for use by several threads at once: the model holds the cache of one batch.
 */
public final class Generator implements AutoCloseable {
  private final NextToken model;
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
    Run run = new Run(sampling, listener, progress);
    long start = System.nanoTime();
    float[][] logits = model.prefill(rows.stream().map(Tokens::all).toArray(int[][]::new));
    long middle = System.nanoTime();
    List<Generated> texts =
        switch (sampling.strategy()) {
          case Strategy.Beam beam -> run.search(rows, logits, beam);
          case Strategy.Greedy _, Strategy.Random _ -> run.sample(rows, logits);
        };
    long end = System.nanoTime();
    return new Generation(
        texts,
        sampling,
        new Generation.Figures(read, run.chosen, (middle - start) / 1e9, (end - middle) / 1e9));
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
          "%s has %d tokens and max_length is %d, prompt included: raise it, or set max_new_tokens"
              .formatted(name, ids.length, sampling.maxLength()));
    }
    long limit = Math.min((long) ids.length + sampling.maxNewTokens(), sampling.maxLength());
    return new Tokens(ids, (int) Math.min(limit, Integer.MAX_VALUE));
  }

  @Override
  public void close() {
    model.close();
  }

  /** One call: the loop over steps. */
  private final class Run {
    private final Sampling sampling;
    private final Listener listener;
    private final Progress progress;
    private final LogitsProcessor processors;
    private final Set<Integer> ends = new LinkedHashSet<>(config.endTokens());
    private long chosen;
    private long steps;

    Run(Sampling sampling, Listener listener, Progress progress) {
      this.sampling = sampling;
      this.listener = listener;
      this.progress = progress;
      this.processors = new Processors(config, sampling);
    }

    List<Generated> sample(List<Tokens> prompts, float[][] first) {
      int copies = sampling.sequences();
      List<Row> rows = new ArrayList<>();
      float[][] logits = first;
      if (copies > 1) {
        logits = repeat(first, copies);
      }
      for (int prompt = 0; prompt < prompts.size(); prompt++) {
        for (int sequence = 0; sequence < copies; sequence++) {
          Tokens tokens = prompts.get(prompt).copy();
          rows.add(new Row(prompt, sequence, tokens, sampling, detokenizers));
        }
      }
      List<Row> active = rows;
      while (true) {
        List<Row> next = new ArrayList<>();
        List<Integer> kept = new ArrayList<>();
        List<Integer> tokens = new ArrayList<>();
        for (int i = 0; i < active.size(); i++) {
          Row row = active.get(i);
          int token = row.advance(logits[i], processors, ends, listener);
          chosen++;
          if (!row.finished()) {
            next.add(row);
            kept.add(i);
            tokens.add(token);
          }
        }
        stepped();
        if (next.isEmpty()) {
          return rows.stream().map(Row::result).toList();
        }
        if (next.size() < active.size()) {
          model.reorder(array(kept));
        }
        logits = model.step(array(tokens));
        active = next;
      }
    }

    List<Generated> search(List<Tokens> prompts, float[][] first, Strategy.Beam beam) {
      List<BeamSearch> searches = new ArrayList<>();
      for (Tokens prompt : prompts) {
        searches.add(new BeamSearch(prompt, beam, ends));
      }
      float[][] logits = repeat(first, beam.count());
      List<BeamSearch> active = searches;
      while (true) {
        List<BeamSearch> next = new ArrayList<>();
        List<Integer> parents = new ArrayList<>();
        List<Integer> tokens = new ArrayList<>();
        for (int i = 0; i < active.size(); i++) {
          BeamSearch search = active.get(i);
          int offset = i * beam.count();
          search.advance(new BeamScores(search, logits, offset));
          if (!search.done()) {
            next.add(search);
            for (BeamSearch.Hypothesis each : search.running()) {
              parents.add(offset + each.parent());
              tokens.add(each.tokens().at(each.tokens().length() - 1));
            }
          }
        }
        stepped();
        if (next.isEmpty()) {
          return results(searches);
        }
        model.reorder(array(parents));
        logits = model.step(array(tokens));
        active = next;
      }
    }

    private List<Generated> results(List<BeamSearch> searches) {
      List<Generated> texts = new ArrayList<>();
      for (int prompt = 0; prompt < searches.size(); prompt++) {
        List<BeamSearch.Hypothesis> ended = searches.get(prompt).ended();
        if (ended.isEmpty()) {
          throw new GenerationException(
              "no beam of prompt %d came to an end, as every token is ruled out: loosen"
                      .formatted(prompt)
                  + " no_repeat_ngram_size or the banned tokens of the generation config");
        }
        int count = Math.min(sampling.sequences(), ended.size());
        for (int sequence = 0; sequence < count; sequence++) {
          texts.add(result(prompt, sequence, ended.get(sequence)));
        }
      }
      return texts;
    }

    private Generated result(int prompt, int sequence, BeamSearch.Hypothesis ended) {
      int[] tokens = ended.tokens().continuation();
      boolean end = ends.contains(tokens[tokens.length - 1]);
      FinishReason finish = end ? FinishReason.END_TOKEN : FinishReason.LENGTH;
      List<TokenChance> chances = BeamSearch.Chances.list(ended.chances());
      TextRow text = new TextRow(detokenizers, List.of());
      boolean wanted = true;
      for (int i = 0; i < tokens.length; i++) {
        boolean last = i == tokens.length - 1;
        String piece = last && end ? "" : text.add(tokens[i]);
        piece += last ? text.finish() : "";
        chosen++;
        TokenChance chance = chances.isEmpty() ? null : chances.get(i);
        wanted =
            wanted
                && listener.heard(
                    new Listener.Piece(
                        prompt, sequence, tokens[i], piece, chance, last ? finish : null));
      }
      return new Generated(prompt, sequence, tokens, text.text(), finish, ended.score(), chances);
    }

    private void stepped() {
      steps++;
      progress.at(
          "generating",
          steps,
          sampling.maxNewTokens() == Integer.MAX_VALUE ? -1 : sampling.maxNewTokens());
    }

    /** Makes several rows of each, in the model too. */
    private float[][] repeat(float[][] logits, int copies) {
      float[][] repeated = new float[logits.length * copies][];
      int[] parents = new int[repeated.length];
      for (int i = 0; i < repeated.length; i++) {
        parents[i] = i / copies;
        repeated[i] = logits[i / copies].clone();
      }
      model.reorder(parents);
      return repeated;
    }

    private int[] array(List<Integer> values) {
      return values.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The scores of the beams of one prompt, whose rows stand from an offset on. */
    private final class BeamScores implements BeamSearch.Scores {
      private final List<float[]> scores = new ArrayList<>();
      private final List<float[]> logProbabilities = new ArrayList<>();

      BeamScores(BeamSearch search, float[][] logits, int offset) {
        for (int beam = 0; beam < search.running().size(); beam++) {
          float[] row = logits[offset + beam];
          Tokens tokens = search.running().get(beam).tokens();
          Logits.checkNumbers(row, tokens.length());
          Logits.logSoftmax(row);
          if (sampling.logProbabilities() >= 0) {
            logProbabilities.add(row.clone());
          }
          processors.process(tokens, row);
          scores.add(row);
        }
      }

      @Override
      public float[] of(int beam) {
        return scores.get(beam);
      }

      @Override
      public @Nullable TokenChance chance(int beam, int token) {
        return logProbabilities.isEmpty()
            ? null
            : TokenChance.of(token, logProbabilities.get(beam), sampling.logProbabilities());
      }
    }
  }
}
