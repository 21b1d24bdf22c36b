package dev.myna.text.vectors;

import dev.myna.Progress;
import dev.myna.text.vectors.FastTextConfig.Loss;
import dev.myna.text.vectors.FastTextConfig.Model;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** Learns a {@link FastText} model's matrices in place. */
final class FastTextTrainer {
  /** The program's table of the logistic function. */
  static final Sigmoid SIGMOID = new Sigmoid(512, 8);

  private static final int LONGEST_LINE = 1024;

  private final FastText model;
  private final FastTextConfig config;
  private final boolean supervised;
  private final Rows input;
  private final Rows output;
  private final Targets targets;
  private final long[] keep; // a word stays if 32 random bits are at most this
  private final byte[] labelPrefix;

  FastTextTrainer(FastText model) {
    this.model = model;
    config = model.config();
    supervised = config.model() == Model.SUPERVISED;
    input = model.input();
    output = model.output();
    targets = model.targets();
    keep = thresholds();
    labelPrefix = config.label().getBytes(StandardCharsets.UTF_8);
  }

  /** Counts the text and makes a model of random input rows. */
  static FastText prepare(Path text, FastTextConfig config, Progress progress) throws IOException {
    byte[] lineEnd = config.lineEnds() ? Subwords.LINE_END : new byte[0];
    WordCounter counter = WordCounter.count(text, lineEnd, progress);
    byte[] prefix = config.label().getBytes(StandardCharsets.UTF_8);
    boolean supervised = config.model() == Model.SUPERVISED;
    Vocabulary words =
        counter.sorted(
            id ->
                counter.count(id) >= config.minCount()
                    && !(supervised && counter.startsWith(id, prefix)));
    Vocabulary labels =
        counter.sorted(
            id ->
                supervised
                    && counter.count(id) >= config.minLabelCount()
                    && counter.startsWith(id, prefix));
    requireSome(text, config, words, labels);
    int rows = Math.addExact(words.size(), config.ngrams().buckets());
    var input =
        new Rows(rows, config.dimension())
            .randomize(new Draws(config.training().seed()), 1f / config.dimension());
    var output = new Rows(supervised ? labels.size() : words.size(), config.dimension());
    return new FastText(config, words, labels, counter.tokens(), null, input, output);
  }

  private static void requireSome(
      Path text, FastTextConfig config, Vocabulary words, Vocabulary labels) {
    if (words.size() == 0) {
      throw new VectorsException(
          "words seen at least %,d times were wanted, and %s has none; take a longer text or a smaller minimum count"
              .formatted(config.minCount(), text));
    }
    if (config.model() == Model.SUPERVISED && labels.size() == 0) {
      throw new VectorsException(
          "labels that begin with %s were wanted, and %s has none; put one on every line"
              .formatted(config.label(), text));
    }
  }

  private long[] thresholds() {
    var thresholds = new long[model.words().size()];
    Arrays.fill(thresholds, Long.MAX_VALUE);
    if (!supervised && config.sample() > 0) {
      for (int id = 0; id < thresholds.length; id++) {
        double ratio = config.sample() * model.tokens() / model.words().count(id);
        thresholds[id] = (long) ((Math.sqrt(ratio) + ratio) * 0x1p32);
      }
    }
    return thresholds;
  }

  void run(Path text, Progress progress) throws IOException {
    long counted = model.words().total() + model.labelVocabulary().total();
    new Passes(config.training(), counted)
        .run(text, thread -> new Worker(config.training().seed() + thread), progress);
  }

  /** One thread's line and scratch rows. */
  private final class Worker implements Passes.Worker {
    private final Draws draws;
    private final IntList line = new IntList(); // words, or input rows of a supervised line
    private final IntList labels = new IntList();
    private final IntList hashes = new IntList();
    private final IntList inputs = new IntList();
    private int[] starts = new int[64];
    private final int[] rows = new int[targets.most()];
    private final float[] answers = new float[targets.most()];
    private final float[] scores = new float[targets.most()];
    private final float[] hidden = new float[input.stride];
    private final float[] error = new float[input.stride];
    private float rate;

    Worker(long seed) {
      draws = new Draws(~seed);
    }

    @Override
    public boolean line(WordReader reader, Passes.Pace pace) throws IOException {
      clear();
      var token = reader.next();
      for (; token == WordReader.Token.WORD; token = reader.next()) {
        take(reader.bytes(), reader.start, reader.stop, reader.hash, pace);
        if (!supervised && line.size() > LONGEST_LINE) {
          break;
        }
      }
      if (token == WordReader.Token.LINE_END) {
        takeLineEnd(pace);
      }
      learn(pace.rate());
      return token != WordReader.Token.END;
    }

    private void clear() {
      line.clear();
      labels.clear();
      hashes.clear();
    }

    private void takeLineEnd(Passes.Pace pace) {
      if (config.lineEnds()) {
        take(Subwords.LINE_END, 0, Subwords.LINE_END.length, Subwords.LINE_END_HASH, pace);
      }
    }

    private void take(byte[] bytes, int from, int to, int hash, Passes.Pace pace) {
      int id = model.words().table().find(bytes, from, to, hash);
      if (supervised) {
        takeSupervised(id, bytes, from, to, hash, pace);
      } else if (id >= 0) {
        pace.advance();
        if (keep[id] > draws.next() >>> 32) {
          line.add(id);
        }
      }
    }

    private void takeSupervised(
        int id, byte[] bytes, int from, int to, int hash, Passes.Pace pace) {
      if (id >= 0) {
        pace.advance();
        model.subwords().add(id, line);
        hashes.add(hash);
      } else if (FastTextLine.startsWith(bytes, from, to, labelPrefix)) {
        int label = model.labelVocabulary().table().find(bytes, from, to, hash);
        if (label >= 0) {
          pace.advance();
          labels.add(label);
        }
      } else {
        model.subwords().add(Arrays.copyOfRange(bytes, from, to), line);
        hashes.add(hash);
      }
    }

    private void learn(float rate) {
      this.rate = rate;
      switch (config.model()) {
        case SUPERVISED -> classify();
        case CBOW -> bags();
        case SKIP_GRAM -> pairs();
      }
    }

    private void classify() {
      FastTextLine.addWordNGrams(model, hashes, line);
      if (labels.size() > 0 && line.size() > 0) {
        int label = labels.get(draws.below(labels.size()));
        update(line, label);
      }
    }

    private void bags() {
      for (int position = 0; position < line.size(); position++) {
        int reach = 1 + draws.below(config.window());
        inputs.clear();
        int to = Math.min(line.size(), position + reach + 1);
        for (int i = Math.max(0, position - reach); i < to; i++) {
          if (i != position) {
            model.subwords().add(line.get(i), inputs);
          }
        }
        if (inputs.size() > 0) {
          update(inputs, line.get(position));
        }
      }
    }

    private void pairs() {
      for (int position = 0; position < line.size(); position++) {
        int reach = 1 + draws.below(config.window());
        inputs.clear();
        model.subwords().add(line.get(position), inputs);
        int to = Math.min(line.size(), position + reach + 1);
        for (int i = Math.max(0, position - reach); i < to; i++) {
          if (i != position) {
            update(inputs, line.get(i));
          }
        }
      }
    }

    /** Predicts the target from the mean of input rows, and moves both. */
    private void update(IntList from, int target) {
      int count = from.size();
      if (count > starts.length) {
        starts = new int[count * 2];
      }
      for (int i = 0; i < count; i++) {
        starts[i] = input.at(from.get(i));
      }
      Kernel.sum(input.data, starts, count, hidden.length, 1f / count, hidden);
      Arrays.fill(error, 0);
      int outputs = targets.fill(target, draws, rows, answers);
      Kernel.dots(hidden, 0, output.data, rows, outputs, hidden.length, scores);
      grade(outputs);
      Kernel.update(hidden, output.data, rows, scores, outputs, hidden.length, error, 0);
      Kernel.spread(error, supervised ? 1f / count : 1, input.data, starts, count, hidden.length);
    }

    /** Turns scores into what each output row is to move by. */
    private void grade(int outputs) {
      if (config.loss() == Loss.SOFTMAX) {
        FastTextPredictor.softmax(scores, outputs);
      } else {
        for (int i = 0; i < outputs; i++) {
          scores[i] = SIGMOID.at(scores[i]);
        }
      }
      if (config.loss() == Loss.ONE_VS_ALL) {
        for (int i = 0; i < labels.size(); i++) {
          answers[labels.get(i)] = 1;
        }
      }
      for (int i = 0; i < outputs; i++) {
        scores[i] = rate * (answers[i] - scores[i]);
      }
    }
  }
}
