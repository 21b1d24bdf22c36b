package dev.myna.text.chat;

import org.jspecify.annotations.Nullable;

/** A function that templates can call. */
@FunctionalInterface
interface Callable {
  @Nullable Object call(Given given);
}
