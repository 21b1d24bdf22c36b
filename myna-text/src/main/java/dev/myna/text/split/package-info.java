/** The second stage: normalised text is cut into the pieces that the model sees one by one. */
@NullMarked
@CheckReturnValue
package dev.myna.text.split;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
