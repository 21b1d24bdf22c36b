package dev.myna.text.chat;

import dev.myna.MynaException;
import org.jspecify.annotations.Nullable;

/** A chat template that cannot be read, or that does not take a conversation. */
public final class ChatTemplateException extends MynaException {
  private static final long serialVersionUID = 1L;

  public ChatTemplateException(String message) {
    super(message);
  }

  public ChatTemplateException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
