package dev.myna.text.classify;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.myna.text.features.SparseMatrix;
import java.util.BitSet;

/**
 * Describes a classifier to be fitted. Options and defaults are those of scikit-learn's class of
 * the name in each record.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ClassifierSpec.Multinomial.class, name = "multinomial"),
  @JsonSubTypes.Type(value = ClassifierSpec.Bernoulli.class, name = "bernoulli"),
  @JsonSubTypes.Type(value = ClassifierSpec.Complement.class, name = "complement"),
  @JsonSubTypes.Type(value = ClassifierSpec.Logistic.class, name = "logistic"),
  @JsonSubTypes.Type(value = ClassifierSpec.Svm.class, name = "svm"),
  @JsonSubTypes.Type(value = ClassifierSpec.Kernel.class, name = "kernel"),
  @JsonSubTypes.Type(value = ClassifierSpec.Centroid.class, name = "centroid"),
  @JsonSubTypes.Type(value = ClassifierSpec.Neighbours.class, name = "neighbours"),
  @JsonSubTypes.Type(value = ClassifierSpec.Calibration.class, name = "calibration")
})
public sealed interface ClassifierSpec {

  /**
   * Naive Bayes of counts ({@code MultinomialNB}).
   *
   * @param alpha what is added to every count
   * @param prior whether classes count by their frequency
   */
  record Multinomial(double alpha, boolean prior, Weighting weighting) implements ClassifierSpec {
    public Multinomial {
      NaiveBayes.checkAlpha(alpha);
    }
  }

  /**
   * Naive Bayes of presence and absence ({@code BernoulliNB}): a value above zero is present.
   *
   * @param alpha what is added to every count
   * @param prior whether classes count by their frequency
   */
  record Bernoulli(double alpha, boolean prior, Weighting weighting) implements ClassifierSpec {
    public Bernoulli {
      NaiveBayes.checkAlpha(alpha);
    }
  }

  /**
   * Naive Bayes of counts in the other classes ({@code ComplementNB}), for unequal classes.
   *
   * @param alpha what is added to every count
   * @param norm whether the weights of a class are divided by their sum
   */
  record Complement(double alpha, boolean norm, Weighting weighting) implements ClassifierSpec {
    public Complement {
      NaiveBayes.checkAlpha(alpha);
    }
  }

  /**
   * Logistic regression ({@code LogisticRegression}): multinomial, L2-regularised, the intercept
   * free.
   *
   * @param c how little it is regularised
   * @param intercept whether there is one
   * @param tolerance the largest gradient of the mean loss at which the search ends
   * @param iterations most steps of the search
   */
  record Logistic(
      double c, boolean intercept, double tolerance, int iterations, Weighting weighting)
      implements ClassifierSpec {
    public Logistic {
      check(c, tolerance, iterations);
    }
  }

  /**
   * The linear support vector machine ({@code LinearSVC}): squared hinge loss, L2-regularised, one
   * class against the rest, the intercept regularised as a weight.
   *
   * @param c how little it is regularised
   * @param intercept whether there is one
   * @param tolerance the largest violation of optimality at which the search ends
   * @param iterations most passes over the data
   */
  record Svm(double c, boolean intercept, double tolerance, int iterations, Weighting weighting)
      implements ClassifierSpec {
    public Svm {
      check(c, tolerance, iterations);
    }
  }

  /** The kernels of the support vector machine. */
  enum KernelKind {
    /** exp(-gamma |x - y|²). */
    RBF,
    /** (gamma x·y + coef0)^degree. */
    POLYNOMIAL,
    /** x·y. */
    LINEAR,
    /** tanh(gamma x·y + coef0). */
    SIGMOID
  }

  /**
   * The support vector machine with a kernel ({@code SVC}), one class against one.
   *
   * @param gamma of the kernel; 0: 1 / (columns · variance), as {@code "scale"}
   */
  record Kernel(
      KernelKind kernel,
      double c,
      double gamma,
      int degree,
      double coef0,
      double tolerance,
      Weighting weighting)
      implements ClassifierSpec {
    public Kernel {
      check(c, tolerance, 1);
      if (!(gamma >= 0) || degree < 1) {
        throw new IllegalArgumentException(
            "A kernel needs gamma >= 0 and degree >= 1, but got %s and %d."
                .formatted(gamma, degree));
      }
    }
  }

  /** The class with the nearest mean ({@code NearestCentroid}, Euclidean). */
  record Centroid() implements ClassifierSpec {}

  /**
   * The classes of the nearest examples ({@code KNeighborsClassifier}).
   *
   * @param k how many
   * @param cosine whether near is by cosine instead of Euclidean distance
   * @param byDistance whether a neighbour's vote is one over its distance instead of one
   */
  record Neighbours(int k, boolean cosine, boolean byDistance) implements ClassifierSpec {
    public Neighbours {
      if (k < 1) {
        throw new IllegalArgumentException(
            "There is at least 1 neighbour, but %d were wanted.".formatted(k));
      }
    }
  }

  /** How scores become probabilities. */
  enum CalibrationMethod {
    /** A sigmoid of the score (Platt, 1999). */
    PLATT,
    /** A step-wise linear rising function of the score. */
    ISOTONIC
  }

  /**
   * A classifier with calibrated probabilities, learned from predictions by cross-validation
   * ({@code CalibratedClassifierCV(ensemble=False)}).
   */
  record Calibration(ClassifierSpec base, CalibrationMethod method, int folds)
      implements ClassifierSpec {
    public Calibration {
      if (folds < 2) {
        throw new IllegalArgumentException(
            "Calibration needs at least 2 folds, but got %d.".formatted(folds));
      }
    }
  }

  /** Multinomial naive Bayes with alpha 1. */
  Multinomial MULTINOMIAL = new Multinomial(1, true, Weighting.NONE);

  /** Bernoulli naive Bayes with alpha 1. */
  Bernoulli BERNOULLI = new Bernoulli(1, true, Weighting.NONE);

  /** Complement naive Bayes with alpha 1. */
  Complement COMPLEMENT = new Complement(1, false, Weighting.NONE);

  /** Logistic regression with C 1. */
  Logistic LOGISTIC = new Logistic(1, true, 1e-6, 1000, Weighting.NONE);

  /** Linear support vector machine with C 1. */
  Svm SVM = new Svm(1, true, 1e-3, 1000, Weighting.NONE);

  /** Support vector machine with the RBF kernel and C 1. */
  Kernel RBF = new Kernel(KernelKind.RBF, 1, 0, 3, 0, 1e-3, Weighting.NONE);

  /**
   * Fits the classifier.
   *
   * @param labels a class per row, 0 to {@code classes} exclusively
   * @throws ClassifierException when there are no rows or fewer than two classes among the labels
   */
  default Classifier fit(SparseMatrix rows, int[] labels, int classes) {
    if (labels.length != rows.rows()) {
      throw new IllegalArgumentException(
          "There is a label for each row, but %d labels for %d rows."
              .formatted(labels.length, rows.rows()));
    }
    BitSet different = new BitSet(classes);
    for (int label : labels) {
      if (label < 0 || label >= classes) {
        throw new IllegalArgumentException(
            "A label is 0 to %d, but there is %d.".formatted(classes - 1, label));
      }
      different.set(label);
    }
    if (different.cardinality() < 2) {
      throw new ClassifierException(
          "A classifier learns to tell at least two classes apart, but the examples have %d; add examples of another class."
              .formatted(different.cardinality()));
    }
    return switch (this) {
      case Multinomial spec -> NaiveBayes.fit(spec, rows, labels, classes);
      case Bernoulli spec -> NaiveBayes.fit(spec, rows, labels, classes);
      case Complement spec -> NaiveBayes.fit(spec, rows, labels, classes);
      case Logistic spec -> LogisticFit.fit(spec, rows, labels, classes);
      case Svm spec -> SvmFit.fit(spec, rows, labels, classes);
      case Kernel spec -> KernelSvm.fit(spec, rows, labels, classes);
      case Centroid spec -> Centroids.fit(rows, labels, classes);
      case Neighbours spec -> new NearestNeighbours(spec, rows, labels, classes);
      case Calibration spec -> Calibrated.fit(spec, rows, labels, classes);
    };
  }

  private static void check(double c, double tolerance, int iterations) {
    if (!(c > 0) || !(tolerance > 0) || iterations < 1) {
      throw new IllegalArgumentException(
          "C, tolerance and iterations are above 0, but are %s, %s and %d."
              .formatted(c, tolerance, iterations));
    }
  }
}
