package dev.myna.cli;

import dev.myna.MynaException;
import dev.myna.text.classify.ClassifierSpec;
import dev.myna.text.classify.ClassifierSpec.CalibrationMethod;
import dev.myna.text.classify.ClassifierSpec.KernelKind;
import dev.myna.text.classify.Weighting;

/** The classifiers by the names that the command line knows. */
enum ClassifierKind {
  MULTINOMIAL("naive Bayes, multinomial"),
  BERNOULLI("naive Bayes, Bernoulli"),
  COMPLEMENT("naive Bayes, complement"),
  LOGISTIC("logistic regression"),
  SVM("linear SVM"),
  RBF("SVM, RBF kernel"),
  POLYNOMIAL("SVM, polynomial kernel"),
  CENTROID("nearest centroid"),
  NEIGHBOURS("nearest neighbours"),
  FASTTEXT("fastText");

  private final String title;

  ClassifierKind(String title) {
    this.title = title;
  }

  /** The name for readers. */
  String title() {
    return title;
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
          throw new MynaException(
              "a classifier of features is wanted for this option, and fastText learns from words;"
                  + " choose svm, for instance");
    };
  }

  /** The spec with probabilities. */
  static ClassifierSpec calibrated(ClassifierSpec spec, CalibrationMethod method) {
    return new ClassifierSpec.Calibration(spec, method, 5);
  }
}
