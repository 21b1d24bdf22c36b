/** Tokenizers against published vocabularies, other libraries and damaged files. */
@NullMarked
@CheckReturnValue
package dev.myna.bench.text;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
