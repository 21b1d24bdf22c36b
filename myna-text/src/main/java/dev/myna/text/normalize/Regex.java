package dev.myna.text.normalize;

import dev.myna.text.TokenizerException;
import java.util.ArrayDeque;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Regular expressions of tokenizer files, which are written for Oniguruma with UTF-8: classes are
 * Unicode's, {@code ^} and {@code $} stand at lines, {@code .} is all but a line feed.
 */
public final class Regex {
  /** Word characters as Oniguruma has them: some numbers too, but no joiners. */
  private static final String WORD = "[\\w\u00B2\u00B3\u00B9\u00BC-\u00BE&&[^\u200C\u200D]]";

  private Regex() {}

  /** Compiles such an expression; one that cannot be is refused with its place. */
  public static Pattern compile(String pattern) {
    try {
      return Pattern.compile(
          translate(pattern),
          Pattern.UNICODE_CHARACTER_CLASS | Pattern.MULTILINE | Pattern.UNIX_LINES);
    } catch (PatternSyntaxException e) {
      throw new TokenizerException(
          "a regular expression was wanted, found \"%s\": %s"
              .formatted(pattern, e.getDescription()),
          e);
    }
  }

  /** Respells what the two dialects write differently. */
  static String translate(String pattern) {
    return new Translation(pattern).run();
  }

  /** One walk over a pattern; it knows where the last atom began, to wrap it where needed. */
  private static final class Translation {
    private final String pattern;
    private final StringBuilder out = new StringBuilder();
    private final ArrayDeque<Integer> groups = new ArrayDeque<>();
    private int depth; // of character classes
    private int atom;
    private int at;

    Translation(String pattern) {
      this.pattern = pattern;
    }

    String run() {
      while (at < pattern.length()) {
        char c = pattern.charAt(at);
        if (depth == 0 && !isQuantifier(c)) {
          atom = out.length();
        }
        if (c == '\\' && at + 1 < pattern.length()) {
          escape();
        } else if (c == '[') {
          openClass();
        } else if (c == ']' && depth > 0) {
          depth--;
          out.append(c);
          at++;
        } else if (depth > 0) {
          out.append(c == '&' || c == ' ' || c == '#' ? "\\" + c : String.valueOf(c));
          at++;
        } else {
          outside(c);
        }
      }
      return out.toString();
    }

    private static boolean isQuantifier(char c) {
      return c == '*' || c == '+' || c == '?' || c == '{';
    }

    private void outside(char c) {
      if (c == '(') {
        groups.push(out.length());
      } else if (c == ')' && !groups.isEmpty()) {
        atom = groups.pop();
      } else if (c == '{') {
        int end = pattern.indexOf('}', at);
        if (end > 0 && pattern.startsWith("+", end + 1)) {
          // An interval with a plus is possessive in Java, but a repeated interval here.
          out.insert(atom, "(?:").append(pattern, at, end + 1).append(")+");
          at = end + 2;
          return;
        }
      }
      out.append(c);
      at++;
    }

    private void escape() {
      char escaped = pattern.charAt(at + 1);
      at += 2;
      switch (escaped) {
        case 'h' -> out.append("[0-9a-fA-F]");
        case 'H' -> out.append("[^0-9a-fA-F]");
        case 'w' -> out.append(WORD);
        case 'W' -> out.append("[^").append(WORD).append(']');
        case 'p', 'P' -> property(escaped);
        default -> out.append('\\').append(escaped);
      }
    }

    private void openClass() {
      if (depth > 0 && pattern.startsWith("[:", at) && pattern.indexOf(":]", at) > 0) {
        int end = pattern.indexOf(":]", at);
        out.append(posix(pattern.substring(at + 2, end)));
        at = end + 2;
        return;
      }
      depth++;
      out.append('[');
      at++;
      if (pattern.startsWith("^", at)) {
        out.append('^');
        at++;
      }
      if (pattern.startsWith("]", at)) {
        out.append("\\]");
        at++;
      }
    }

    /** Writes a property whose name Java spells differently, such as a script or {@code ^L}. */
    private void property(char kind) {
      int end = pattern.indexOf('}', at);
      if (at >= pattern.length() || pattern.charAt(at) != '{' || end < 0) {
        out.append('\\').append(kind);
        return;
      }
      String name = pattern.substring(at + 1, end);
      at = end + 1;
      boolean not = kind == 'P';
      if (name.startsWith("^")) {
        not = !not;
        name = name.substring(1);
      }
      boolean script = name.length() > 2 && !name.startsWith("Is") && isScript(name);
      out.append(not ? "\\P{" : "\\p{").append(script ? "Is" + name : name).append('}');
    }
  }

  private static String posix(String name) {
    boolean not = name.startsWith("^");
    String bare = not ? name.substring(1) : name;
    if (bare.isEmpty()) {
      return "";
    }
    String java =
        switch (bare) {
          case "word" -> WORD;
          case "space" -> "\\s";
          case "digit" -> "\\d";
          case "punct" -> "[\\p{P}\\p{S}]";
          default -> "\\p{" + Character.toUpperCase(bare.charAt(0)) + bare.substring(1) + "}";
        };
    return not ? "[^" + java + "]" : java;
  }

  private static boolean isScript(String name) {
    try {
      Character.UnicodeScript.forName(name);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
