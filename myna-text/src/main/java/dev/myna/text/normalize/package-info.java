/**
 * The first stage: text is rewritten (case, accents, Unicode forms) while each character keeps the
 * place that it came from.
 */
@NullMarked
@CheckReturnValue
package dev.myna.text.normalize;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
