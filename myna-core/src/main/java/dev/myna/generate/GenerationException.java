package dev.myna.generate;

import dev.myna.MynaException;
import org.jspecify.annotations.Nullable;

/** Options, a prompt or a {@code generation_config.json} with which no text can be generated. */
public final class GenerationException extends MynaException {
  private static final long serialVersionUID = 1L;

  public GenerationException(String message) {
    super(message);
  }

  public GenerationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
