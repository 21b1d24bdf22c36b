/**
 * Tokenizers: text to ids and back through five stages (normalise, pre-tokenise, model,
 * post-process, decode). The stages live in the packages below and share this package's value
 * types.
 */
@NullMarked
@CheckReturnValue
package dev.myna.text;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
