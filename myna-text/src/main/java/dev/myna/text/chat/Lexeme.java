package dev.myna.text.chat;

/**
 * A word of a template.
 *
 * @param kind what it is
 * @param text its characters; for strings and plain text, what they stand for
 * @param line line of the template, from 1
 */
record Lexeme(Kind kind, String text, int line) {
  enum Kind {
    TEXT,
    BLOCK_BEGIN,
    BLOCK_END,
    OUTPUT_BEGIN,
    OUTPUT_END,
    NAME,
    STRING,
    INTEGER,
    FLOAT,
    OPERATOR,
    END
  }
}
