package dev.myna.text.corpus;

/** How the text of a corpus lies in a file. */
public sealed interface TextFormat {
  /** The whole file is one document. */
  record Plain() implements TextFormat {}

  /**
   * Every line that is not blank is a JSON object and one document.
   *
   * @param field the object's member that holds the text
   */
  record JsonLines(String field) implements TextFormat {
    public JsonLines {
      if (field.isEmpty()) {
        throw new IllegalArgumentException(
            "The JSON field that holds the text has no name; the usual one is \"text\".");
      }
    }
  }
}
