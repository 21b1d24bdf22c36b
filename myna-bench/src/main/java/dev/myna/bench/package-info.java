/** Benchmarks: JMH for pieces, side-by-side runs for the whole. */
@NullMarked
@CheckReturnValue
package dev.myna.bench;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
