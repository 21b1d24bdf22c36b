/** The third stage: a piece becomes tokens of the vocabulary. */
@NullMarked
@CheckReturnValue
package dev.myna.text.model;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
