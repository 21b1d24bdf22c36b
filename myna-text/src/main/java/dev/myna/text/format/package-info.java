/** Vocabularies in the formats of other systems, read into a {@link dev.myna.text.Tokenizer}. */
@NullMarked
@CheckReturnValue
package dev.myna.text.format;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
