/**
 * Tasks: what a model is trained to do. A {@link dev.myna.task.Task} joins a model with batches
 * that follow from their number, a loss, and a judgement on held-out data; the trainer knows
 * nothing else of it.
 */
@NullMarked
@CheckReturnValue
package dev.myna.task;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
