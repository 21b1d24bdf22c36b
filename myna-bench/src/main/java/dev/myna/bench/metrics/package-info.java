/** Metrics of texts side by side with the Python packages. */
@NullMarked
@CheckReturnValue
package dev.myna.bench.metrics;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
