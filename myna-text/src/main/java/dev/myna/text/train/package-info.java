/**
 * Learning tokenizers from text: counted words in, a vocabulary out; the same on any number of
 * threads.
 */
@NullMarked
@CheckReturnValue
package dev.myna.text.train;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
