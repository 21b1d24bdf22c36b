package dev.myna.text.split;

/** English contractions after an apostrophe, in any case: 's 't 'm 'd 're 've 'll. */
final class Contractions {
  private Contractions() {}

  /** The end of the contraction whose apostrophe stands at {@code from}, or -1. */
  static int end(char[] text, int from, int to) {
    if (from + 1 >= to || text[from] != '\'') {
      return -1;
    }
    char a = lower(text[from + 1]);
    if (a == 's' || a == 't' || a == 'm' || a == 'd') {
      return from + 2;
    }
    if (from + 2 >= to) {
      return -1;
    }
    char b = lower(text[from + 2]);
    return (a == 'r' || a == 'v') && b == 'e' || a == 'l' && b == 'l' ? from + 3 : -1;
  }

  private static char lower(char c) {
    // The long s folds to s as well.
    return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c == 'ſ' ? 's' : c;
  }
}
