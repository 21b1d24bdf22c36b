package dev.myna.text.chat;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Python's {@code strftime} in the C locale. */
final class Strftime {
  private Strftime() {}

  static String format(LocalDateTime time, String pattern) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c != '%' || i + 1 == pattern.length()) {
        result.append(c);
        continue;
      }
      char directive = pattern.charAt(++i);
      boolean bare = directive == '-' && i + 1 < pattern.length();
      if (bare) {
        directive = pattern.charAt(++i);
      }
      String value = value(time, directive);
      boolean padded = bare && value.length() > 1 && value.startsWith("0");
      result.append(padded ? value.replaceFirst("^0+(?=.)", "") : value);
    }
    return result.toString();
  }

  private static String value(LocalDateTime time, char directive) {
    String format =
        switch (directive) {
          case 'Y' -> "yyyy";
          case 'y' -> "yy";
          case 'm' -> "MM";
          case 'd' -> "dd";
          case 'H' -> "HH";
          case 'I' -> "hh";
          case 'M' -> "mm";
          case 'S' -> "ss";
          case 'f' -> "SSSSSS";
          case 'p' -> "a";
          case 'j' -> "DDD";
          case 'A' -> "EEEE";
          case 'a' -> "EEE";
          case 'B' -> "MMMM";
          case 'b', 'h' -> "MMM";
          case 'F' -> "yyyy-MM-dd";
          case 'T', 'X' -> "HH:mm:ss";
          case 'R' -> "HH:mm";
          case 'D', 'x' -> "MM/dd/yy";
          case '%' -> "'%'";
          case 'n' -> "'\n'";
          case 'Z', 'z' -> "";
          default ->
              throw new ChatTemplateException("the date format %" + directive + " is unknown");
        };
    return format.isEmpty() ? "" : DateTimeFormatter.ofPattern(format, Locale.US).format(time);
  }
}
