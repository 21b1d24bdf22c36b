package dev.myna.text.features;

import dev.myna.MynaException;
import org.jspecify.annotations.Nullable;

/** A text, dictionary or file of features that cannot be used as it is. */
public final class FeatureException extends MynaException {
  private static final long serialVersionUID = 1L;

  public FeatureException(String message) {
    super(message);
  }

  public FeatureException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
