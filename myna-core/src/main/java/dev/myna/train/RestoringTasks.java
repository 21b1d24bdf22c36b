package dev.myna.train;

import dev.myna.generate.GenerationConfig;
import dev.myna.task.Denoising;
import dev.myna.task.Evaluation;
import dev.myna.task.PairBatch;
import dev.myna.task.PairTexts;
import dev.myna.task.Rewriting;
import dev.myna.task.SpanCorruption;
import dev.myna.task.Task;
import dev.myna.task.TaskSettings;
import dev.myna.task.Translator;
import dev.myna.tensor.Device;
import dev.myna.text.Tokenizer;
import dev.myna.text.corpus.Shards;
import dev.myna.text.metrics.Chrf;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Tasks in which an encoder-decoder restores what was spoilt. */
final class RestoringTasks {
  private static final int SHOWN = 4;

  private final Translator translator;
  private final Tokenizer tokenizer;
  private final Marks marks;
  private final Shards training;
  private final Shards heldOut;
  private final TaskSettings settings;

  RestoringTasks(
      Translator translator,
      Tokenizer tokenizer,
      Shards training,
      Shards heldOut,
      TaskSettings settings) {
    this.translator = translator;
    this.tokenizer = tokenizer;
    this.marks = new Marks(tokenizer);
    this.training = training;
    this.heldOut = heldOut;
    this.settings = settings;
  }

  /** T5's spans. */
  Task<?> spans(TaskRecipe.Spans wanted) {
    return rewriting(settings.length(), spoiling(wanted));
  }

  /** BART's noises. */
  Task<?> noise(TaskRecipe.Noise wanted) {
    return rewriting(room(), spoiling(wanted));
  }

  private PairTexts.Spoiling spoiling(TaskRecipe.Spans wanted) {
    int sentinels = 0;
    while (tokenizer.id(wanted.sentinel() + sentinels + ">").isPresent()) {
      sentinels++;
    }
    int most = sentinels;
    if (most < 2) {
      throw new RecipeException(
          "spans want sentinels: put %s0>, %s1> … among tokenizer.special_tokens"
              .formatted(wanted.sentinel(), wanted.sentinel()));
    }
    int first = tokenizer.id(wanted.sentinel() + "0>").orElseThrow();
    int step = tokenizer.id(wanted.sentinel() + "1>").orElseThrow() - first;
    SpanCorruption corruption =
        new SpanCorruption(wanted.density(), wanted.meanLength(), first, step, most);
    int end = marks.end();
    return (text, random) -> {
      SpanCorruption.Corrupted corrupted = corruption.corrupt(text, random);
      return new PairTexts.Pair(ended(corrupted.source(), end), ended(corrupted.target(), end));
    };
  }

  private PairTexts.Spoiling spoiling(TaskRecipe.Noise wanted) {
    List<Denoising> noises = new ArrayList<>();
    if (wanted.sentencePermutation()) {
      noises.add(new Denoising.SentencePermutation(marks.stop()));
    }
    if (wanted.infilling() > 0) {
      noises.add(
          new Denoising.TextInfilling(wanted.infilling(), wanted.meanLength(), marks.mask()));
    }
    if (wanted.masking() > 0) {
      noises.add(new Denoising.TokenMasking(wanted.masking(), marks.mask()));
    }
    if (wanted.deletion() > 0) {
      noises.add(new Denoising.TokenDeletion(wanted.deletion()));
    }
    if (wanted.rotation()) {
      noises.add(new Denoising.Rotation());
    }
    Denoising all = new Denoising.Several(noises);
    int begin = marks.begin();
    int end = marks.end();
    int most = room();
    return (text, random) -> {
      int[] spoilt = all.spoil(text, random);
      // Masks that stand for nothing may make a text longer than the model reads.
      int[] read = spoilt.length > most ? Arrays.copyOf(spoilt, most) : spoilt;
      return new PairTexts.Pair(framed(read, begin, end), framed(text, begin, end));
    };
  }

  /** Tokens of a text between its first and its last, which are no text. */
  private int room() {
    return settings.length() - 2;
  }

  private static int[] ended(int[] ids, int end) {
    return IntStream.concat(Arrays.stream(ids), IntStream.of(end)).toArray();
  }

  private static int[] framed(int[] ids, int begin, int end) {
    return IntStream.concat(IntStream.of(begin), Arrays.stream(ended(ids, end))).toArray();
  }

  private Task<?> rewriting(int length, PairTexts.Spoiling spoiling) {
    PairTexts pairs = texts();
    return new Rewriting(
        translator,
        pairs.spoilt(training, length, spoiling),
        pairs.heldOut(heldOut, length, spoiling),
        settings);
  }

  private PairTexts texts() {
    return new PairTexts(Starts.of(translator, marks), marks.needPadding(), settings);
  }

  /**
   * What the model makes of a few held-out texts, beside what it should, and how near it comes to
   * that over a batch: chrF, from 0 to 100. Of noise, that of the spoilt texts themselves stands
   * beside it, which a model that only copies would reach. The model is freed.
   */
  Job.Ending sample(Job.Place place, Path model) {
    Recipe recipe = place.recipe();
    if (recipe.sample().tokens() == 0) {
      return Job.Ending.NOTHING;
    }
    PairTexts.Spoiling spoiling =
        switch (recipe.task()) {
          case TaskRecipe.Spans spans -> spoiling(spans);
          case TaskRecipe.Noise noise -> spoiling(noise);
          default -> throw new IllegalStateException("nothing is restored");
        };
    PairBatch batch = texts().heldOut(heldOut, room(), spoiling).getFirst();
    Decoding decoding =
        new Decoding(
            translator,
            GenerationConfig.read(model),
            batch.start(),
            Device.of(recipe.train().device()));
    // The start token has a position too.
    List<int[]> said = decoding.greedy(batch.sources(), settings.length() - 1);
    translator.module().free();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(SHOWN, said.size()); i++) {
      text.append("read   %s\n".formatted(tokenizer.decode(batch.sources().get(i), false)));
      text.append("wanted %s\n".formatted(tokenizer.decode(batch.targets().get(i), false)));
      text.append("said   %s\n\n".formatted(tokenizer.decode(said.get(i), false)));
    }
    List<Evaluation.Figure> figures = new ArrayList<>();
    figures.add(Evaluation.Figure.rising("restored_chrf", chrf(said, batch.targets())));
    if (recipe.task() instanceof TaskRecipe.Noise) {
      figures.add(Evaluation.Figure.rising("spoilt_chrf", chrf(batch.sources(), batch.targets())));
    }
    return new Job.Ending(text.toString(), figures);
  }

  private double chrf(List<int[]> texts, List<int[]> wanted) {
    return Chrf.standard().corpus(words(texts), List.of(words(wanted))).score();
  }

  private List<String> words(List<int[]> texts) {
    return texts.stream().map(ids -> tokenizer.decode(ids, true)).toList();
  }
}
