/**
 * Other versions of texts that mean about the same, for classifiers that have few to learn from.
 */
@NullMarked
@CheckReturnValue
package dev.myna.text.augment;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
