package dev.myna.text.model;

/** Cuts pieces into tokens for one thread: it holds scratch memory and a cache of words. */
@FunctionalInterface
public interface Segmenter {
  /** Adds the tokens of the piece from {@code from} to {@code to}; places count from its start. */
  void segment(char[] text, int from, int to, Tokens out);
}
