package dev.myna.text.chat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values as JSON in the layout of Python's {@code json.dumps}. */
final class PythonJson {
  private final boolean ascii;
  private final int indent;
  private final boolean sorted;
  private final String itemSeparator;
  private final String keySeparator;
  private final StringBuilder out = new StringBuilder();

  private PythonJson(
      boolean ascii, int indent, boolean sorted, String itemSeparator, String keySeparator) {
    this.ascii = ascii;
    this.indent = indent;
    this.sorted = sorted;
    this.itemSeparator = itemSeparator;
    this.keySeparator = keySeparator;
  }

  /**
   * Writes {@code value}.
   *
   * @param indent spaces a level, or -1 for one line
   * @param separators between items and between key and value; null for Python's own
   */
  static String write(
      @Nullable Object value,
      boolean ascii,
      int indent,
      boolean sorted,
      @Nullable List<String> separators) {
    String item = separators != null ? separators.get(0) : indent < 0 ? ", " : ",";
    String key = separators != null ? separators.get(1) : ": ";
    PythonJson json = new PythonJson(ascii, indent, sorted, item, key);
    json.put(value, 1);
    return json.out.toString();
  }

  private void put(@Nullable Object value, int level) {
    switch (value) {
      case null -> out.append("null");
      case Boolean b -> out.append(b);
      case Long i -> out.append(i);
      case Double d ->
          out.append(
              Double.isNaN(d)
                  ? "NaN"
                  : Double.isInfinite(d) ? (d > 0 ? "Infinity" : "-Infinity") : Values.decimal(d));
      case String s -> quoted(s);
      case Map<?, ?> m -> map(m, level);
      case Collection<?> c -> list(c, level);
      case Undefined u -> throw u.error();
      default -> {
        Object plain = Values.of(value);
        if (plain == value) {
          throw new ChatTemplateException("tojson cannot write '" + Values.typeName(value) + "'");
        }
        put(plain, level);
      }
    }
  }

  private void list(Collection<?> items, int level) {
    out.append('[');
    boolean first = true;
    for (Object item : items) {
      between(first, level);
      put(item, level + 1);
      first = false;
    }
    close(items.isEmpty(), level, ']');
  }

  private void map(Map<?, ?> entries, int level) {
    Map<?, ?> ordered = sorted ? new TreeMap<>(entries) : entries;
    out.append('{');
    boolean first = true;
    for (Map.Entry<?, ?> entry : ordered.entrySet()) {
      between(first, level);
      quoted(entry.getKey() == null ? "null" : Values.text(entry.getKey()));
      out.append(keySeparator);
      put(entry.getValue(), level + 1);
      first = false;
    }
    close(entries.isEmpty(), level, '}');
  }

  private void between(boolean first, int level) {
    out.append(first ? "" : itemSeparator);
    if (indent >= 0) {
      out.append('\n').repeat(' ', indent * level);
    }
  }

  private void close(boolean empty, int level, char bracket) {
    if (indent >= 0 && !empty) {
      out.append('\n').repeat(' ', indent * (level - 1));
    }
    out.append(bracket);
  }

  private void quoted(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\f' -> out.append("\\f");
        case '\b' -> out.append("\\b");
        default -> {
          if (c < 32 || (ascii && c > 126)) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
