package dev.myna.text.vectors;

import dev.myna.MynaException;
import org.jspecify.annotations.Nullable;

/** A text that vectors cannot be learned from, or a file of vectors that cannot be read. */
public final class VectorsException extends MynaException {
  private static final long serialVersionUID = 1L;

  public VectorsException(String message) {
    super(message);
  }

  public VectorsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
