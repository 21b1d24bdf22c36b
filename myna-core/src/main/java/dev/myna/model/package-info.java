/** The Transformer, the families that it can be, and checkpoints. */
@NullMarked
@CheckReturnValue
package dev.myna.model;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
