/** Judging models: agreement with the reference outputs that come with a checkpoint. */
@NullMarked
@CheckReturnValue
package dev.myna.evaluate;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
