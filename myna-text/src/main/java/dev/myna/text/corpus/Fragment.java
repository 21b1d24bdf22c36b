package dev.myna.text.corpus;

/**
 * A stretch of a document as it comes from a file.
 *
 * @param text never empty
 * @param begins whether a document begins here
 * @param divisible whether a split may fall inside: true for plain text, false for a JSON line
 */
record Fragment(String text, boolean begins, boolean divisible) {}
