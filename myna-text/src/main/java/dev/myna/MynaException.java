package dev.myna;

import org.jspecify.annotations.Nullable;

/**
 * Root of the errors that a user can cause and mend: a file that does not fit, a recipe that cannot
 * be run, a text that cannot be encoded.
 *
 * <p>The message is one sentence: what was wanted, what was found, what to do. The command line
 * prints it alone and exits with 2. Wrong arguments of a method are {@link
 * IllegalArgumentException}s instead.
 */
public class MynaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MynaException(String message) {
    super(message);
  }

  public MynaException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
