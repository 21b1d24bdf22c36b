/**
 * Classifiers without a neural network, over rows of features: naive Bayes, logistic regression,
 * support vector machines, nearest centroid and nearest neighbours; their calibration, choice and
 * judgement; and {@link dev.myna.text.classify.TextClassifier}, which goes from text to label.
 *
 * <p>Results are those of scikit-learn at equal options.
 */
@NullMarked
@CheckReturnValue
package dev.myna.text.classify;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
