/**
 * Tensors over libtorch: the only package that sees JavaCPP.
 *
 * <pre>{@code
 * try (var scope = Scope.open()) {
 *   Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
 *   Tensor y = x.matmul(x).softmax(-1);
 *   System.out.println(y);
 * } // x, y and everything between them is freed here
 * }</pre>
 *
 * <p>Names of operations are PyTorch's, and so is their meaning: broadcasting, negative dimensions,
 * in-place operations with a trailing underscore, a graph of gradients that {@link
 * dev.myna.tensor.Tensor#backward} walks.
 */
@NullMarked
@CheckReturnValue
package dev.myna.tensor;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
