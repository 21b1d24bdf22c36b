package dev.myna.text.classify;

import dev.myna.text.features.SparseMatrix;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import libsvm.svm;
import libsvm.svm_model;
import libsvm.svm_node;
import libsvm.svm_parameter;
import libsvm.svm_problem;

/**
 * A support vector machine with a kernel: a border between every two classes, fitted by LIBSVM.
 * Scores are votes plus a little for the margins, as scikit-learn's {@code ovr} decision function.
 */
public final class KernelSvm implements Classifier {
  private final ClassifierSpec.Kernel spec;
  private final double gamma;
  private final int classes;
  private final int[] order;
  private final SparseMatrix vectors;
  private final int[] perClass;
  private final double[] coefficients;
  private final double[] offsets;

  /** Squared lengths of the support vectors. */
  private final double[] lengths;

  /** Support vectors by column. */
  private final SparseMatrix byColumn;

  /**
   * A machine of known parts, which are not copied.
   *
   * @param gamma the kernel's, never 0 for "scale"
   * @param order classes in the order in which LIBSVM met them
   * @param vectors support vectors, those of a class together in that order
   * @param perClass how many of each
   * @param coefficients (classes met - 1, vectors) in rows
   * @param offsets one per pair of classes
   */
  public KernelSvm(
      ClassifierSpec.Kernel spec,
      double gamma,
      int classes,
      int[] order,
      SparseMatrix vectors,
      int[] perClass,
      double[] coefficients,
      double[] offsets) {
    int met = order.length;
    if (perClass.length != met
        || Arrays.stream(perClass).sum() != vectors.rows()
        || coefficients.length != (met - 1) * vectors.rows()
        || offsets.length != met * (met - 1) / 2
        || Arrays.stream(order).anyMatch(k -> k < 0 || k >= classes)) {
      throw new IllegalArgumentException("The parts of a kernel machine do not fit each other.");
    }
    this.spec = spec;
    this.gamma = gamma;
    this.classes = classes;
    this.order = order;
    this.vectors = vectors;
    this.perClass = perClass;
    this.coefficients = coefficients;
    this.offsets = offsets;
    lengths = new double[vectors.rows()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = vectors.squaredLength(i);
    }
    byColumn = vectors.transpose();
  }

  static KernelSvm fit(ClassifierSpec.Kernel spec, SparseMatrix rows, int[] labels, int classes) {
    svm_parameter parameter = new svm_parameter();
    parameter.svm_type = svm_parameter.C_SVC;
    parameter.kernel_type =
        switch (spec.kernel()) {
          case RBF -> svm_parameter.RBF;
          case POLYNOMIAL -> svm_parameter.POLY;
          case LINEAR -> svm_parameter.LINEAR;
          case SIGMOID -> svm_parameter.SIGMOID;
        };
    parameter.C = spec.c();
    parameter.gamma = spec.gamma() > 0 ? spec.gamma() : scale(rows);
    parameter.degree = spec.degree();
    parameter.coef0 = spec.coef0();
    parameter.eps = spec.tolerance();
    parameter.cache_size = 200;
    parameter.shrinking = 1;
    double[] weight = spec.weighting().of(labels, classes);
    parameter.nr_weight = classes;
    parameter.weight_label = IntStream.range(0, classes).toArray();
    parameter.weight = weight;
    svm_problem problem = new svm_problem();
    problem.l = rows.rows();
    // LIBSVM numbers classes as it meets them; sorted examples make that order the classes'.
    int[] sorted =
        IntStream.range(0, labels.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> labels[i]))
            .mapToInt(i -> i)
            .toArray();
    problem.y = Arrays.stream(sorted).mapToDouble(i -> labels[i]).toArray();
    problem.x = new svm_node[rows.rows()][];
    for (int i = 0; i < sorted.length; i++) {
      problem.x[i] = nodes(rows, sorted[i]);
    }
    svm.svm_set_print_string_function(text -> {});
    svm_model model = svm.svm_train(problem, parameter);
    return of(spec, parameter.gamma, classes, rows.columns(), model);
  }

  private static KernelSvm of(
      ClassifierSpec.Kernel spec, double gamma, int classes, int columns, svm_model model) {
    SparseMatrix.Builder vectors = new SparseMatrix.Builder(columns);
    for (svm_node[] nodes : model.SV) {
      for (svm_node node : nodes) {
        vectors.add(node.index - 1, node.value);
      }
      vectors.endRow();
    }
    double[] coefficients = Arrays.stream(model.sv_coef).flatMapToDouble(Arrays::stream).toArray();
    return new KernelSvm(
        spec, gamma, classes, model.label, vectors.build(), model.nSV, coefficients, model.rho);
  }

  private static svm_node[] nodes(SparseMatrix rows, int row) {
    int from = rows.starts()[row];
    svm_node[] nodes = new svm_node[rows.starts()[row + 1] - from];
    for (int k = 0; k < nodes.length; k++) {
      nodes[k] = new svm_node();
      nodes[k].index = rows.indices()[from + k] + 1;
      nodes[k].value = rows.values()[from + k];
    }
    return nodes;
  }

  /** One over the columns times the variance of all values, zeros included. */
  private static double scale(SparseMatrix rows) {
    double sum = 0;
    double squares = 0;
    for (int k = 0; k < rows.entries(); k++) {
      sum += rows.values()[k];
      squares += rows.values()[k] * rows.values()[k];
    }
    double all = (double) rows.rows() * rows.columns();
    double variance = squares / all - sum / all * (sum / all);
    return variance > 0 ? 1 / (rows.columns() * variance) : 1;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public int columns() {
    return vectors.columns();
  }

  ClassifierSpec.Kernel spec() {
    return spec;
  }

  double gamma() {
    return gamma;
  }

  int[] order() {
    return order;
  }

  SparseMatrix vectors() {
    return vectors;
  }

  int[] perClass() {
    return perClass;
  }

  double[] coefficients() {
    return coefficients;
  }

  double[] offsets() {
    return offsets;
  }

  @Override
  public double[] scores(SparseMatrix rows, int row) {
    double[] kernel = kernel(rows, row);
    int met = order.length;
    int[] starts = new int[met + 1];
    for (int k = 0; k < met; k++) {
      starts[k + 1] = starts[k] + perClass[k];
    }
    double[] votes = new double[met];
    double[] confidence = new double[met];
    int pair = 0;
    for (int i = 0; i < met; i++) {
      for (int j = i + 1; j < met; j++) {
        double margin = -offsets[pair++];
        margin += sum(j - 1, starts[i], starts[i + 1], kernel);
        margin += sum(i, starts[j], starts[j + 1], kernel);
        votes[margin > 0 ? i : j]++;
        confidence[i] += margin;
        confidence[j] -= margin;
      }
    }
    double[] scores = new double[classes];
    Arrays.fill(scores, Double.NEGATIVE_INFINITY);
    for (int k = 0; k < met; k++) {
      scores[order[k]] =
          met == 2 ? confidence[k] : votes[k] + confidence[k] / (3 * (Math.abs(confidence[k]) + 1));
    }
    return scores;
  }

  /**
   * The class with most votes, as in LIBSVM: of several the one met first, whatever its margins.
   */
  @Override
  public int answer(double[] scores) {
    if (order.length == 2) {
      return scores[order[0]] > 0 ? order[0] : order[1];
    }
    int best = order[0];
    for (int type : order) {
      boolean more = Math.rint(scores[type]) > Math.rint(scores[best]);
      best = more ? type : best;
    }
    return best;
  }

  private double sum(int coefficientRow, int from, int to, double[] kernel) {
    double sum = 0;
    int base = coefficientRow * vectors.rows();
    for (int v = from; v < to; v++) {
      sum += coefficients[base + v] * kernel[v];
    }
    return sum;
  }

  private double[] kernel(SparseMatrix rows, int row) {
    double[] kernel = Products.of(rows, row, byColumn);
    double length = rows.squaredLength(row);
    for (int v = 0; v < kernel.length; v++) {
      double dot = kernel[v];
      kernel[v] =
          switch (spec.kernel()) {
            case RBF -> Math.exp(-gamma * (length + lengths[v] - 2 * dot));
            case POLYNOMIAL -> Math.pow(gamma * dot + spec.coef0(), spec.degree());
            case LINEAR -> dot;
            case SIGMOID -> Math.tanh(gamma * dot + spec.coef0());
          };
    }
    return kernel;
  }

  @Override
  public boolean givesProbabilities() {
    return false;
  }

  @Override
  public double[] probabilities(SparseMatrix rows, int row) {
    throw new IllegalStateException(
        "A kernel machine gives margins and no probabilities; calibrate it to have them.");
  }
}
