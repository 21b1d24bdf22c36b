package dev.myna.text.split;

/** How the newer patterns cut a run of white space. */
final class Spaces {
  private Spaces() {}

  /**
   * The end of the first piece of the run at {@code from}: after its last line end; else all but
   * the last character, which goes to the word that follows; else all.
   */
  static int end(char[] text, int from, int to, boolean wholeEnd) {
    int end = CharClass.run(text, from, to, CharClass.SPACE);
    if (end == to && wholeEnd) {
      return end;
    }
    for (int i = end - 1; i >= from; i--) {
      if (text[i] == '\n' || text[i] == '\r') {
        return i + 1;
      }
    }
    return end == to || end == from + 1 ? end : end - 1;
  }
}
