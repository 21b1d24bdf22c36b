package dev.myna.text.features;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Reads a regular expression as Python writes it, with Python's Unicode meaning of {@code \w},
 * {@code \d}, {@code \s} and {@code \b}.
 */
final class TokenPattern {
  /** scikit-learn's default: words of two characters and more. */
  static final String DEFAULT = "(?u)\\b\\w\\w+\\b";

  /** The letter beyond 16 bits makes Java's look-behind step over whole code points. */
  private static final String WORD = "\\p{L}\\p{N}_\uD835\uDCB3";

  private static final String SPACE =
      "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

  private TokenPattern() {}

  /**
   * The pattern for Java.
   *
   * @throws IllegalArgumentException when it is not a regular expression, or has more than one
   *     capturing group (of one, the group is the token)
   */
  static Pattern compile(String python) {
    Pattern pattern;
    try {
      pattern = Pattern.compile(translate(python));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "A token pattern must be a regular expression, but \"%s\" is not: %s."
              .formatted(python, e.getDescription()),
          e);
    }
    int groups = pattern.matcher("").groupCount();
    if (groups > 1) {
      throw new IllegalArgumentException(
          "A token pattern may have one capturing group, but \"%s\" has %d; write (?:...) for the others."
              .formatted(python, groups));
    }
    return pattern;
  }

  private static String translate(String python) {
    StringBuilder out = new StringBuilder();
    boolean inClass = false;
    int classStart = 0;
    for (int i = 0; i < python.length(); i++) {
      char c = python.charAt(i);
      if (c == '\\' && i + 1 < python.length()) {
        out.append(escape(python.charAt(++i), inClass));
      } else if (python.startsWith("(?u)", i)) {
        i += 3;
      } else if (python.startsWith("(?P<", i)) {
        out.append("(?<");
        i += 3;
      } else if (inClass && (c == '[' || c == '&' || c == ']' && out.length() == classStart)) {
        out.append('\\').append(c);
      } else if (c == '[') {
        inClass = true;
        out.append(c);
        if (python.startsWith("^", i + 1)) {
          out.append('^');
          i++;
        }
        classStart = out.length();
      } else {
        inClass &= c != ']';
        out.append(c);
      }
    }
    return out.toString();
  }

  private static String escape(char c, boolean inClass) {
    return switch (c) {
      case 'w' -> inClass ? WORD : "[" + WORD + "]";
      case 'W' -> "[^" + WORD + "]";
      case 'd' -> "\\p{Nd}";
      case 'D' -> "\\P{Nd}";
      case 's' -> inClass ? SPACE : "[" + SPACE + "]";
      case 'S' -> "[^" + SPACE + "]";
      case 'b' ->
          inClass ? "\\x08" : "(?:(?<=[%1$s])(?![%1$s])|(?<![%1$s])(?=[%1$s]))".formatted(WORD);
      case 'B' -> "(?:(?<=[%1$s])(?=[%1$s])|(?<![%1$s])(?![%1$s]))".formatted(WORD);
      default -> "\\" + c;
    };
  }
}
