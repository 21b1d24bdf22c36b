/** Models measured beside their peers. */
@NullMarked
@CheckReturnValue
package dev.myna.bench.model;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
