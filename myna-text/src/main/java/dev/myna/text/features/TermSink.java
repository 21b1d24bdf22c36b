package dev.myna.text.features;

/** Takes the terms of a text one by one, as ranges of a buffer that is only valid for the call. */
@FunctionalInterface
public interface TermSink {
  /**
   * A term.
   *
   * @param chars the buffer
   * @param start index of the term's first char
   * @param end index after its last char
   */
  void term(char[] chars, int start, int end);
}
