/**
 * The measures by which models are judged: translation (BLEU, chrF, TER), summaries (ROUGE,
 * METEOR), answers, classes, rankings, correlations, and the tests that tell a real difference
 * between two systems from chance.
 */
@NullMarked
@CheckReturnValue
package dev.myna.text.metrics;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
