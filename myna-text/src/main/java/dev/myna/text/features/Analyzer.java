package dev.myna.text.features;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns a text into terms: words, characters, or n-grams of them.
 *
 * <p>An analyzer owns buffers: it belongs to one thread. Make one per thread with {@link
 * AnalyzerSpec#analyzer()}.
 */
public interface Analyzer {
  /** Hands every term of the text to the sink, in no particular order, repeated ones repeatedly. */
  void analyze(String text, TermSink sink);

  /** The terms of the text as strings. */
  default List<String> terms(String text) {
    List<String> terms = new ArrayList<>();
    analyze(text, (chars, start, end) -> terms.add(new String(chars, start, end - start)));
    return terms;
  }
}
