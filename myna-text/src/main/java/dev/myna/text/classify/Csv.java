package dev.myna.text.classify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads rows of comma-separated values (RFC 4180): quoted fields may hold commas and lines. */
public final class Csv {
  private final Path file;
  private final Iterator<String> lines;
  private int line;

  /**
   * @param file to be named in errors
   * @param lines of it
   */
  public Csv(Path file, Iterator<String> lines) {
    this.file = file;
    this.lines = lines;
  }

  /** The number of the line last read, from 1. */
  public int line() {
    return line;
  }

  /** The next row, or null at the end. */
  public @Nullable List<String> next() {
    String text = "";
    while (text.isEmpty()) {
      if (!lines.hasNext()) {
        return null;
      }
      text = lines.next();
      line++;
    }
    int start = line;
    List<String> row = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    int i = 0;
    while (true) {
      if (i == text.length()) {
        if (!quoted) {
          row.add(field.toString());
          return row;
        }
        if (!lines.hasNext() || field.length() > dev.myna.text.features.Documents.LONGEST) {
          throw new ClassifierException(
              "A quotation mark opened on line %d of %s is never closed.".formatted(start, file));
        }
        field.append('\n');
        text = lines.next();
        line++;
        i = 0;
        continue;
      }
      char c = text.charAt(i++);
      if (quoted) {
        if (c != '"') {
          field.append(c);
        } else if (i < text.length() && text.charAt(i) == '"') {
          field.append('"');
          i++;
        } else {
          quoted = false;
        }
      } else if (c == '"' && field.isEmpty()) {
        quoted = true;
      } else if (c == ',') {
        row.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
  }
}
