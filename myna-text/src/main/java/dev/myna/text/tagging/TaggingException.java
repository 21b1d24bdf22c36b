package dev.myna.text.tagging;

import dev.myna.MynaException;
import org.jspecify.annotations.Nullable;

/** Tagged data that cannot be used as they are. */
public final class TaggingException extends MynaException {
  private static final long serialVersionUID = 1L;

  public TaggingException(String message) {
    super(message);
  }

  public TaggingException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
