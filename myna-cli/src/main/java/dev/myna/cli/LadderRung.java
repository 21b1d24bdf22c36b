package dev.myna.cli;

import dev.myna.Progress;
import dev.myna.text.classify.Example;
import dev.myna.text.classify.TextClassifier;
import dev.myna.text.classify.TrainSpec;
import dev.myna.text.classify.Weighting;
import dev.myna.text.features.FeatureSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What one classifier of the ladder reached.
 *
 * @param accuracy the share of the judged examples whose label it found
 * @param microseconds of one prediction, one text at a time
 * @param megabytes of its file
 */
record LadderRung(
    String name, double accuracy, double trainSeconds, double microseconds, double megabytes) {
  private static final int WARM_UP = 500;
  private static final double WARM_UP_SECONDS = 2;

  /** Lets the compiler see the work once, so that the first rung is not the slowest for that. */
  static void warmUp(FeatureSpec features, List<Example> train) throws IOException {
    List<Example> some = train.subList(0, Math.min(WARM_UP, train.size()));
    if (some.stream().map(Example::label).distinct().count() > 1) {
      for (ClassifierKind kind :
          List.of(ClassifierKind.MULTINOMIAL, ClassifierKind.SVM, ClassifierKind.FASTTEXT)) {
        var unused = climb(kind, features, some, some, Progress.NONE);
      }
    }
  }

  static LadderRung climb(
      ClassifierKind kind,
      FeatureSpec features,
      List<Example> train,
      List<Example> judged,
      Progress progress)
      throws IOException {
    long start = System.nanoTime();
    Labeller.Learned labeller = trained(kind, features, train);
    double seconds = since(start);
    return judge(kind.title(), labeller, seconds, megabytes(labeller), judged, progress);
  }

  /** Predicts the labels, one text at a time. */
  static LadderRung judge(
      String name,
      Labeller labeller,
      double seconds,
      double megabytes,
      List<Example> judged,
      Progress progress) {
    long start = System.nanoTime();
    for (int i = 0; i < Math.min(WARM_UP, judged.size()) && since(start) < WARM_UP_SECONDS; i++) {
      var unused = labeller.predict(judged.get(i).text());
    }
    start = System.nanoTime();
    int right = 0;
    for (Example example : progress.over("predicting: " + name, judged)) {
      right += labeller.predict(example.text()).label().equals(example.label()) ? 1 : 0;
    }
    double microseconds = 1e6 * since(start) / judged.size();
    double accuracy = (double) right / judged.size();
    return new LadderRung(name, accuracy, seconds, microseconds, megabytes);
  }

  private static Labeller.Learned trained(
      ClassifierKind kind, FeatureSpec features, List<Example> examples) throws IOException {
    if (kind == ClassifierKind.FASTTEXT) {
      return Labeller.OfWords.train(examples, Progress.NONE);
    }
    double alpha = kind == ClassifierKind.MULTINOMIAL ? 0.3 : 1;
    TrainSpec spec = new TrainSpec(features, kind.spec(1, alpha, 15, Weighting.NONE));
    return new Labeller.OfFeatures(TextClassifier.train(spec, examples));
  }

  private static double megabytes(Labeller.Learned labeller) throws IOException {
    Path saved = Files.createTempFile("ladder", ".model");
    try {
      labeller.save(saved);
      return Files.size(saved) / 1e6;
    } finally {
      Files.deleteIfExists(saved);
    }
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
