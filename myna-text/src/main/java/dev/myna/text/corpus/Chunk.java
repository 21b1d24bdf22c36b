package dev.myna.text.corpus;

import java.util.List;

/**
 * Text that one thread tokenizes at once: many small documents, or a part of a long one.
 *
 * @param held whether it belongs to the held-out part of the corpus
 * @param runs in order
 */
record Chunk(boolean held, List<Run> runs) {
  /**
   * A stretch of one document whose ids depend on nothing around it.
   *
   * @param begins whether the document begins with it
   * @param ends whether the document ends with it
   * @param file name of the file it comes from
   * @param swallowed whether a space of the text before it was left out, because the tokenizer
   *     itself puts one before every text
   */
  record Run(String text, String file, boolean begins, boolean ends, boolean swallowed) {}
}
