package dev.myna.train;

import dev.myna.MynaException;
import org.jspecify.annotations.Nullable;

/** A recipe that cannot be followed: the message names every problem with its line and key. */
public final class RecipeException extends MynaException {
  private static final long serialVersionUID = 1L;

  RecipeException(String message) {
    super(message);
  }

  RecipeException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
