package dev.myna.cli;

import dev.myna.text.classify.ClassifierSpec;
import dev.myna.text.classify.ClassifierSpec.CalibrationMethod;
import dev.myna.text.classify.ClassifierSpec.KernelKind;
import dev.myna.text.classify.Weighting;
import java.util.List;

/** The classifiers by the names that the command line knows. */
enum ClassifierKind {
  MULTINOMIAL("naive Bayes, multinomial", "--alpha", "--balanced"),
  BERNOULLI("naive Bayes, Bernoulli", "--alpha", "--balanced"),
  COMPLEMENT("naive Bayes, complement", "--alpha", "--balanced"),
  LOGISTIC("logistic regression", "--c", "--balanced"),
  SVM("linear SVM", "--c", "--balanced"),
  RBF("SVM, RBF kernel", "--c", "--balanced"),
  POLYNOMIAL("SVM, polynomial kernel", "--c", "--balanced"),
  CENTROID("nearest centroid"),
  NEIGHBOURS("nearest neighbours", "--k"),
  FASTTEXT("fastText");

  private final String title;
  private final List<String> settings;

  /**
   * @param settings the options that it goes by; a first one with a value is what a grid varies
   */
  ClassifierKind(String title, String... settings) {
    this.title = title;
    this.settings = List.of(settings);
  }

  /** The name for readers. */
  String title() {
    return title;
  }

  /**
   * Those of its own options among {@code --c}, {@code --alpha}, {@code --k}, {@code --balanced}.
   */
  List<String> settings() {
    return settings;
  }

  /** The spec at the given strength of regularisation, smoothing or number of neighbours. */
  ClassifierSpec spec(double c, double alpha, int k, Weighting weighting) {
    return switch (this) {
      case MULTINOMIAL -> new ClassifierSpec.Multinomial(alpha, true, weighting);
      case BERNOULLI -> new ClassifierSpec.Bernoulli(alpha, true, weighting);
      case COMPLEMENT -> new ClassifierSpec.Complement(alpha, false, weighting);
      case LOGISTIC -> new ClassifierSpec.Logistic(c, true, 1e-6, 1000, weighting);
      case SVM -> new ClassifierSpec.Svm(c, true, 1e-3, 1000, weighting);
      case RBF -> new ClassifierSpec.Kernel(KernelKind.RBF, c, 0, 3, 0, 1e-3, weighting);
      case POLYNOMIAL ->
          new ClassifierSpec.Kernel(KernelKind.POLYNOMIAL, c, 0, 2, 1, 1e-3, weighting);
      case CENTROID -> new ClassifierSpec.Centroid();
      case NEIGHBOURS -> new ClassifierSpec.Neighbours(k, true, true);
      case FASTTEXT ->
          throw new IllegalArgumentException("fastText learns from words, and has no features");
    };
  }

  /** The spec with probabilities. */
  static ClassifierSpec calibrated(ClassifierSpec spec, CalibrationMethod method) {
    return new ClassifierSpec.Calibration(spec, method, 5);
  }
}
