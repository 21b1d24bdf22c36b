package dev.myna;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** What was found wrong with a file of JSON or YAML, in one line. */
public final class JsonReason {
  /** Where Jackson would name the source, which it does not know. */
  private static final Pattern SOURCE = Pattern.compile(" \\(start marker at \\[Source: .*?]\\)");

  /** How a reader of YAML names places; the last one is that of the problem. */
  private static final Pattern YAML_PLACE = Pattern.compile("(?m)^ in .*(line \\d+, column \\d+)");

  private JsonReason() {}

  /** The place, where it is known, and what is wrong there. */
  public static String of(JacksonException e) {
    String words = words(e);
    String place =
        YAML_PLACE
            .matcher(message(e))
            .results()
            .map(found -> found.group(1))
            .reduce((before, last) -> last)
            .orElse(place(e.getLocation()));
    return place.isEmpty() ? words : place + ": " + words;
  }

  private static String place(@Nullable TokenStreamLocation place) {
    return place == null || place.getLineNr() < 1
        ? ""
        : "line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
  }

  /** What is wrong, without the place. */
  public static String words(JacksonException e) {
    String words =
        message(e)
            .lines()
            .filter(line -> !line.startsWith(" ")) // places and pieces of YAML
            .collect(Collectors.joining(", "));
    return SOURCE.matcher(words).replaceAll("");
  }

  private static String message(JacksonException e) {
    return e.getOriginalMessage() == null ? e.getClass().getSimpleName() : e.getOriginalMessage();
  }
}
