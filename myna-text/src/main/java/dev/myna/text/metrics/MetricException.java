package dev.myna.text.metrics;

import dev.myna.MynaException;

/**
 * Texts, labels or scores that cannot be measured: unequal lengths, not a number, nothing there.
 */
public final class MetricException extends MynaException {
  private static final long serialVersionUID = 1L;

  public MetricException(String message) {
    super(message);
  }

  public MetricException(String message, Throwable cause) {
    super(message, cause);
  }
}
