/** Features, classifiers and BM25 measured beside their peers. */
@NullMarked
@CheckReturnValue
package dev.myna.bench.classic;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
