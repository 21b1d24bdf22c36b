package dev.myna.text.corpus;

import org.jspecify.annotations.Nullable;

/** Reads the documents of one file front to back. */
sealed interface FragmentSource extends AutoCloseable permits PlainSource, JsonLinesSource {
  /** The next stretch of text, or null at the end of the file. */
  @Nullable Fragment next();

  @Override
  void close();
}
