package dev.myna;

import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** What was found wrong with a file of JSON or YAML, in one line. */
public final class JsonReason {
  /** Where Jackson would name the source, which it does not know. */
  private static final Pattern SOURCE = Pattern.compile(" \\(start marker at \\[Source: .*?]\\)");

  private JsonReason() {}

  /** The place, where it is known, and what is wrong there. */
  public static String of(JacksonException e) {
    TokenStreamLocation place = e.getLocation();
    if (place == null || place.getLineNr() < 1) {
      return words(e);
    }
    String column = place.getColumnNr() < 1 ? "" : ", column " + place.getColumnNr();
    return "line %d%s: %s".formatted(place.getLineNr(), column, words(e));
  }

  /** What is wrong, without the place. */
  public static String words(JacksonException e) {
    String message = e.getOriginalMessage();
    return message == null
        ? e.getClass().getSimpleName()
        : SOURCE.matcher(message.lines().findFirst().orElse("")).replaceAll("");
  }
}
