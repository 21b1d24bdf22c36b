package dev.myna.text;

import dev.myna.MynaException;
import org.jspecify.annotations.Nullable;

/** A tokenizer file that cannot be read, or a text or ids that the tokenizer cannot take. */
public final class TokenizerException extends MynaException {
  private static final long serialVersionUID = 1L;

  public TokenizerException(String message) {
    super(message);
  }

  public TokenizerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
