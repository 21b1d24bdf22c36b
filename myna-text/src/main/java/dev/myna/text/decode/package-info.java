/** The fifth stage: tokens become text again. */
@NullMarked
@CheckReturnValue
package dev.myna.text.decode;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
