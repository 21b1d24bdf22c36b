/** Tokenizers as tokenizer.json: reading and writing every stage's variants by their type names. */
@NullMarked
@CheckReturnValue
package dev.myna.text.json;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
