/** How alike two vectors, sets, strings or texts are, and finding what is alike among many. */
@NullMarked
@CheckReturnValue
package dev.myna.text.similarity;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
