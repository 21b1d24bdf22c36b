package dev.myna.train;

import dev.myna.MynaException;
import org.jspecify.annotations.Nullable;

/** A training that cannot be started or cannot go on. */
public final class TrainingException extends MynaException {
  private static final long serialVersionUID = 1L;

  public TrainingException(String message) {
    super(message);
  }

  public TrainingException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
