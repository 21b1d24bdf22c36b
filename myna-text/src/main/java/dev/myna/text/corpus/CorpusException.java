package dev.myna.text.corpus;

import dev.myna.MynaException;
import org.jspecify.annotations.Nullable;

/** A corpus that cannot be read, or token shards that cannot be written, opened or trusted. */
public final class CorpusException extends MynaException {
  private static final long serialVersionUID = 1L;

  public CorpusException(String message) {
    super(message);
  }

  public CorpusException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** A text of a file that the tokenizer refuses. */
  static CorpusException in(String file, MynaException refused) {
    return new CorpusException("In " + file + ": " + refused.getMessage(), refused);
  }

  /** The work was stopped from outside; the thread's interrupt status tells so as well. */
  static CorpusException interrupted() {
    return new CorpusException(
        "Reading the corpus was interrupted; start again and it goes on after the last finished"
            + " shard.");
  }
}
