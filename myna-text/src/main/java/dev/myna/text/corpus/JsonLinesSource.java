package dev.myna.text.corpus;

import dev.myna.JsonReason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** A file of JSON objects, one a line; each line is one document, blank lines are passed over. */
final class JsonLinesSource implements FragmentSource {
  /** A line is held in memory; a longer one is a mistake, such as a JSON file on one line. */
  static final int LONGEST_LINE = 1 << 25;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(LONGEST_LINE).build())
          .build();

  private final Utf8Reader reader;
  private final String name;
  private final String field;
  private final char[] chars = new char[1 << 16];
  private int position;
  private int length;
  private long line;

  JsonLinesSource(Utf8Reader reader, String name, String field) {
    this.reader = reader;
    this.name = name;
    this.field = field;
  }

  @Override
  public @Nullable Fragment next() {
    for (String json = nextLine(); json != null; json = nextLine()) {
      if (!json.isBlank()) {
        String text = text(json);
        if (!text.isEmpty()) {
          return new Fragment(text, true, false);
        }
      }
    }
    return null;
  }

  private @Nullable String nextLine() {
    line++;
    StringBuilder parts = new StringBuilder();
    while (length >= 0) {
      int start = position;
      while (position < length && chars[position] != '\n') {
        position++;
      }
      parts.append(chars, start, position - start);
      if (position < length) {
        position++;
        return parts.toString();
      }
      if (parts.length() > LONGEST_LINE) {
        throw wrong("is longer than %,d characters".formatted(LONGEST_LINE), "one JSON object");
      }
      length = reader.read(chars);
      position = 0;
    }
    return parts.isEmpty() ? null : parts.toString();
  }

  private String text(String json) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw wrong("does not start an object", "a JSON object with a field \"" + field + "\"");
      }
      StringBuilder seen = new StringBuilder();
      String text = null;
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String key = parser.currentName();
        JsonToken value = parser.nextToken();
        if (key.equals(field)) {
          if (value != JsonToken.VALUE_STRING) {
            throw wrong("has " + value + " in \"" + field + "\"", "a string there");
          }
          text = parser.getString();
        } else {
          parser.skipChildren();
          if (seen.length() < 200) {
            seen.append(seen.isEmpty() ? "" : ", ").append('"').append(key).append('"');
          }
        }
      }
      if (parser.nextToken() != null) {
        throw wrong("goes on after the end of its object", "one JSON object a line");
      }
      if (text == null) {
        throw wrong(
            "has no field \"" + field + "\"",
            seen.isEmpty() ? "that field" : "that field (name one of " + seen + " instead)");
      }
      return requirePairs(text);
    } catch (JacksonException broken) {
      throw new CorpusException(
          "%s, line %d, is not valid JSON: %s; mend or remove that line."
              .formatted(name, line, JsonReason.words(broken)),
          broken);
    }
  }

  /** JSON can spell half a surrogate pair, which is no character and has no UTF-8. */
  private String requirePairs(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          throw wrong("has half a surrogate pair at character %d of its text".formatted(i), "text");
        }
        i++;
      }
    }
    return text;
  }

  private CorpusException wrong(String found, String wanted) {
    return new CorpusException(
        "%s, line %d, %s; wanted is %s.".formatted(name, line, found, wanted));
  }

  @Override
  public void close() {
    reader.close();
  }
}
