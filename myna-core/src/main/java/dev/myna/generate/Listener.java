package dev.myna.generate;

import org.jspecify.annotations.Nullable;

/**
 * Hears every token when it is chosen. Beam search decides only at the end which text it was, so
 * its tokens come then.
 */
@FunctionalInterface
public interface Listener {
  /** Hears nothing and never ends a text. */
  Listener NONE = _ -> true;

  /**
   * A row has gone on. Called on the thread that generates.
   *
   * @return whether the text shall go on; false ends it with {@link FinishReason#CANCELLED}
   */
  boolean heard(Piece piece);

  /**
   * A token and the text that it made certain.
   *
   * @param text new characters; empty while a character is incomplete, or while the text could yet
   *     become a stop string
   * @param chance null where none was asked for
   * @param finish null until the text ends
   */
  record Piece(
      int prompt,
      int sequence,
      int token,
      String text,
      @Nullable TokenChance chance,
      @Nullable FinishReason finish) {}
}
