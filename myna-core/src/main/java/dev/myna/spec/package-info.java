/** Records that describe a model: pure data, wrong combinations fail in the constructor. */
@NullMarked
@CheckReturnValue
package dev.myna.spec;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
