package dev.myna.text.vectors;

import dev.myna.text.vectors.FastTextConfig.Loss;
import java.util.ArrayList;
import java.util.List;

/** Turns a line's hidden row into labels with probabilities. */
final class FastTextPredictor {
  private final FastText model;

  FastTextPredictor(FastText model) {
    this.model = model;
  }

  List<Prediction> best(float[] hidden, int count) {
    float[] probabilities = probabilities(hidden);
    var best = new BestScores(count);
    for (int label = 0; label < probabilities.length; label++) {
      if (best.wants(probabilities[label])) {
        best.add(label, probabilities[label]);
      }
    }
    var predictions = new ArrayList<Prediction>();
    for (int label : best.ids()) {
      predictions.add(new Prediction(model.label(label), probabilities[label]));
    }
    return predictions;
  }

  private float[] probabilities(float[] hidden) {
    int labels = model.predicted().size();
    var probabilities = new float[labels];
    if (model.has(Loss.HIERARCHICAL_SOFTMAX)) {
      descend(hidden, probabilities);
      return probabilities;
    }
    var rows = new int[labels];
    for (int label = 0; label < labels; label++) {
      rows[label] = model.output().at(label);
    }
    Kernel.dots(hidden, 0, model.output().data, rows, labels, hidden.length, probabilities);
    if (model.has(Loss.SOFTMAX)) {
      softmax(probabilities, labels);
    } else {
      for (int label = 0; label < labels; label++) {
        probabilities[label] = FastTextTrainer.SIGMOID.at(probabilities[label]);
      }
    }
    return probabilities;
  }

  static void softmax(float[] scores, int count) {
    float highest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      highest = Math.max(highest, scores[i]);
    }
    float sum = 0;
    for (int i = 0; i < count; i++) {
      scores[i] = (float) Math.exp(scores[i] - highest);
      sum += scores[i];
    }
    for (int i = 0; i < count; i++) {
      scores[i] /= sum;
    }
  }

  /** From the root to every leaf: nodes are numbered so that children stand before parents. */
  private void descend(float[] hidden, float[] probabilities) {
    var tree = (HuffmanTree) model.targets();
    var reached = new double[tree.root() + 1];
    reached[tree.root()] = 1;
    Rows output = model.output();
    for (int node = tree.root(); !tree.isLeaf(node); node--) {
      float score = Kernel.dot(hidden, 0, output.data, output.at(tree.row(node)), hidden.length);
      double right = 1 / (1 + Math.exp(-score));
      reached[tree.left(node)] = reached[node] * (1 - right);
      reached[tree.right(node)] = reached[node] * right;
    }
    for (int label = 0; label < probabilities.length; label++) {
      probabilities[label] = (float) reached[label];
    }
  }
}
