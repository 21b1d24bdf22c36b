/** The {@code myna} command: reads arguments, calls the library, prints. */
@NullMarked
@CheckReturnValue
package dev.myna.cli;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
