/** Tensors over libtorch: the only package that sees JavaCPP. */
@NullMarked
@CheckReturnValue
package dev.myna.tensor;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
