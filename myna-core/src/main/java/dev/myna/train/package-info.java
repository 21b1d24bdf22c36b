/**
 * Training: recipes, optimizer, schedule, checkpoints, and the loop that joins them.
 *
 * <p>A {@link dev.myna.train.Recipe} describes a run from text to model as typed records, read from
 * YAML; every key is documented where it is declared.
 */
@NullMarked
@CheckReturnValue
package dev.myna.train;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
