/** What every room of the house shares: the root of errors and the listener of progress. */
@NullMarked
@CheckReturnValue
package dev.myna;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
