package dev.myna.task;

import dev.myna.MynaException;
import org.jspecify.annotations.Nullable;

/** Data that a task cannot be made of. */
public final class TaskException extends MynaException {
  private static final long serialVersionUID = 1L;

  public TaskException(String message) {
    super(message);
  }

  public TaskException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
