package dev.myna.tensor;

import dev.myna.MynaException;
import org.jspecify.annotations.Nullable;

/** A file of weights or a folder of a model that cannot be read, is damaged, or does not fit. */
public final class CheckpointException extends MynaException {
  private static final long serialVersionUID = 1L;

  public CheckpointException(String message) {
    super(message);
  }

  public CheckpointException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
