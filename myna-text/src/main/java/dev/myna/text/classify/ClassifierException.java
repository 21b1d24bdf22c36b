package dev.myna.text.classify;

import dev.myna.MynaException;
import org.jspecify.annotations.Nullable;

/** Labelled data or a classifier's file that cannot be used as it is. */
public final class ClassifierException extends MynaException {
  private static final long serialVersionUID = 1L;

  public ClassifierException(String message) {
    super(message);
  }

  public ClassifierException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
