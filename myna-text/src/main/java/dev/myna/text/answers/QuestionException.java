package dev.myna.text.answers;

import dev.myna.MynaException;
import org.jspecify.annotations.Nullable;

/** A file of questions that cannot be used as it is. */
public final class QuestionException extends MynaException {
  private static final long serialVersionUID = 1L;

  public QuestionException(String message) {
    super(message);
  }

  public QuestionException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
