/**
 * Text to numbers without a neural network: analyzers, vocabularies, counts, TF-IDF, hashing,
 * sparse matrices and BM25.
 *
 * <p>The data walks one way: text → {@link Analyzer} → terms → {@link Vocabulary} → {@link
 * SparseMatrix}. What an option means, and its default, is what it means in scikit-learn.
 */
@NullMarked
@CheckReturnValue
package dev.myna.text.features;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
