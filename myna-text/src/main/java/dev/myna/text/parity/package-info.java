/** Compares tokenizers with what the reference library made of the same texts. */
@NullMarked
@CheckReturnValue
package dev.myna.text.parity;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
