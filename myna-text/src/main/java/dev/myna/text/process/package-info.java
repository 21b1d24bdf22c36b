/** The fourth stage: special tokens and type ids around the tokens of one text or two. */
@NullMarked
@CheckReturnValue
package dev.myna.text.process;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
