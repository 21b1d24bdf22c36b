package dev.myna.text.train;

import dev.myna.Progress;
import dev.myna.text.TokenizerException;
import dev.myna.text.train.SeedPieces.Seed;
import dev.myna.text.train.UnigramLattice.Pieces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Learns a unigram language model of pieces (Kudo, 2018): begins with too many, fits their
 * probabilities by expectation maximisation, and drops those whose loss hurts the likelihood least,
 * until the vocabulary has its size. Thresholds and steps are those of SentencePiece.
 */
final class UnigramLearner {
  private static final double EXPECTED_THRESHOLD = 0.5;
  private static final double DESIRED_EXCESS = 1.1; // pieces kept for the last choice, by score
  private static final double REQUIRED_STEP = 1e-4; // keeps scores of added characters apart

  private final WordText words;
  private final UnigramTrainer options;
  private final Workers workers;
  private final Progress progress;
  private final String[] texts;
  private final PieceTrie trie = new PieceTrie();
  private final double[] scores; // NaN where a piece was dropped
  private int alive;

  private UnigramLearner(
      WordText words, UnigramTrainer options, Workers workers, Progress progress) {
    this.words = words;
    this.options = options;
    this.workers = workers;
    this.progress = progress;
    List<Seed> seeds = SeedPieces.of(words, options.maximumPieceLength(), options.seedSize());
    texts = new String[seeds.size()];
    scores = new double[seeds.size()];
    double sum = seeds.stream().mapToDouble(Seed::weight).sum();
    for (int i = 0; i < texts.length; i++) {
      texts[i] = seeds.get(i).piece();
      scores[i] = Math.log(seeds.get(i).weight()) - Math.log(sum);
      trie.put(texts[i], i);
    }
    alive = texts.length;
  }

  /** A piece with its log-probability. */
  record Piece(String text, double score) {}

  /**
   * Learns {@code size} pieces, best first, among them every character of the words and of the
   * initial alphabet.
   */
  static List<Piece> learn(
      WordCounts counts, int size, UnigramTrainer options, int threads, Progress progress) {
    WordText words = WordText.of(counts);
    TreeSet<Integer> characters = new TreeSet<>();
    Arrays.stream(words.codePoints()).filter(c -> c != WordText.END).forEach(characters::add);
    options.options().initialAlphabet().codePoints().forEach(characters::add);
    if (characters.size() > size) {
      throw new TokenizerException(
          "a vocabulary with every character of the text needs %d tokens beside special ones, but only %d are asked for; choose a larger size"
              .formatted(characters.size(), size));
    }
    try (Workers workers = new Workers(threads)) {
      UnigramLearner learner = new UnigramLearner(words, options, workers, progress);
      learner.shrink((int) (size * DESIRED_EXCESS));
      return learner.finish(characters, size);
    }
  }

  private void shrink(int desired) {
    int seeds = alive;
    while (true) {
      for (int i = 0; i < options.subIterations(); i++) {
        maximize(expect());
      }
      progress.at("pruning pieces", seeds - alive, Math.max(0, seeds - desired));
      if (alive <= desired) {
        return;
      }
      int before = alive;
      prune(Math.max(desired, (int) (alive * options.shrinkingFactor())));
      if (alive == before) {
        return; // nothing more can be dropped
      }
    }
  }

  private FixedSums expect() {
    Pieces pieces = Pieces.of(trie, scores);
    class Expectation implements Workers.Task {
      private final UnigramLattice lattice = new UnigramLattice(pieces);
      private final FixedSums expected = new FixedSums(texts.length);

      @Override
      public void accept(int word) {
        lattice.read(words.codePoints(), words.start(word), words.end(word), PieceTrie.NONE);
        double unused = lattice.expect(words.counts()[word], expected);
      }
    }
    FixedSums all = new FixedSums(texts.length);
    workers.run(words.words(), Expectation::new).forEach(task -> all.addAll(task.expected));
    return all;
  }

  /** Variational Bayes, which pushes rare pieces down: digamma in place of the logarithm. */
  private void maximize(FixedSums expected) {
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      if (!Double.isNaN(scores[i]) && expected.get(i) < EXPECTED_THRESHOLD) {
        drop(i);
      }
      sum += Double.isNaN(scores[i]) ? 0 : expected.get(i);
    }
    double logSum = digamma(sum);
    for (int i = 0; i < scores.length; i++) {
      if (!Double.isNaN(scores[i])) {
        scores[i] = digamma(expected.get(i)) - logSum;
      }
    }
  }

  private void drop(int piece) {
    scores[piece] = Double.NaN;
    alive--;
  }

  /** Keeps the {@code size} pieces without which the likelihood would sink most. */
  private void prune(int size) {
    Pieces pieces = Pieces.of(trie, scores.clone());
    long[] frequencies = bestFrequencies(pieces);
    double sum = Arrays.stream(frequencies).sum();
    double words = Arrays.stream(this.words.counts()).sum();
    double[] losses = new double[texts.length];
    class Loss implements Workers.Task {
      private final UnigramLattice lattice = new UnigramLattice(pieces);

      @Override
      public void accept(int piece) {
        losses[piece] =
            Double.isNaN(pieces.scores()[piece])
                ? Double.NEGATIVE_INFINITY
                : loss(piece, lattice, frequencies, sum, words);
      }
    }
    List<Loss> unused = workers.run(texts.length, Loss::new);
    int[] byLoss =
        IntStream.range(0, texts.length)
            .filter(i -> !Double.isNaN(scores[i]))
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -losses[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int rank = 0; rank < byLoss.length; rank++) {
      double loss = losses[byLoss[rank]];
      if (loss == Double.NEGATIVE_INFINITY || (rank >= size && loss != Double.POSITIVE_INFINITY)) {
        drop(byLoss[rank]);
      }
    }
  }

  /**
   * How often each piece stands in the best ways to cut the words; the last is for unknown ones.
   */
  private long[] bestFrequencies(Pieces pieces) {
    class Best implements Workers.Task {
      private final UnigramLattice lattice = new UnigramLattice(pieces);
      private final long[] counts = new long[texts.length + 1];

      @Override
      public void accept(int word) {
        lattice.read(words.codePoints(), words.start(word), words.end(word), PieceTrie.NONE);
        for (int piece : lattice.best()) {
          counts[piece == UnigramLattice.UNKNOWN ? texts.length : piece] += words.counts()[word];
        }
      }
    }
    long[] all = new long[texts.length + 1];
    for (Best task : workers.run(words.words(), Best::new)) {
      Arrays.setAll(all, i -> all[i] + task.counts[i]);
    }
    return all;
  }

  /**
   * How much likelihood is lost without a piece; infinite where it must stay or can go for free.
   */
  private double loss(
      int piece, UnigramLattice lattice, long[] frequencies, double sum, double words) {
    int[] text = texts[piece].codePoints().toArray();
    if (text.length == 1) {
      return Double.POSITIVE_INFINITY;
    }
    lattice.read(text, 0, text.length, piece);
    int[] otherwise = lattice.best();
    boolean needed = scores[piece] >= lattice.bestScore();
    long frequency = frequencies[piece];
    if (frequency == 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (!needed) {
      return Double.POSITIVE_INFINITY;
    }
    double logSum = Math.log(sum + (double) frequency * (otherwise.length - 1));
    double instead = 0;
    for (int part : otherwise) {
      int index = part == UnigramLattice.UNKNOWN ? texts.length : part;
      instead += Math.log((double) frequencies[index] + frequency) - logSum;
    }
    return frequency / words * (Math.log(frequency) - Math.log(sum) - instead);
  }

  private List<Piece> finish(TreeSet<Integer> characters, int size) {
    double lowest = Arrays.stream(scores).filter(s -> !Double.isNaN(s)).min().orElse(0);
    List<Piece> learned = new ArrayList<>();
    List<Piece> single = new ArrayList<>();
    TreeSet<Integer> missing = new TreeSet<>(characters);
    for (int i = 0; i < texts.length; i++) {
      if (!Double.isNaN(scores[i])) {
        int first = texts[i].codePointAt(0);
        boolean character = texts[i].length() == Character.charCount(first);
        (character ? single : learned).add(new Piece(texts[i], scores[i]));
        if (character) {
          missing.remove(first);
        }
      }
    }
    int added = 0;
    for (int c : missing) {
      single.add(new Piece(Character.toString(c), lowest - REQUIRED_STEP * ++added));
    }
    Comparator<Piece> bestFirst =
        Comparator.comparingDouble((Piece p) -> -p.score()).thenComparing(Piece::text);
    learned.sort(bestFirst);
    List<Piece> all = new ArrayList<>(single);
    all.addAll(learned.subList(0, Math.min(learned.size(), Math.max(0, size - single.size()))));
    all.sort(bestFirst);
    return all;
  }

  /** Derivative of the logarithm of the gamma function: recurrence, then its asymptotic series. */
  private static double digamma(double value) {
    double x = value;
    double result = 0;
    while (x < 7) {
      result -= 1 / x;
      x += 1;
    }
    x -= 0.5;
    double xx = 1 / x;
    double xx2 = xx * xx;
    double xx4 = xx2 * xx2;
    return result
        + Math.log(x)
        + xx2 / 24
        - 7.0 / 960 * xx4
        + 31.0 / 8064 * xx4 * xx2
        - 127.0 / 30720 * xx4 * xx4;
  }
}
