package dev.myna.text.chat;

import dev.myna.text.chat.Lexeme.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a template into its words, with white space around tags treated as Jinja does under {@code
 * trim_blocks} and {@code lstrip_blocks}.
 */
final class Lexer {
  private static final Pattern NUMBER =
      Pattern.compile("\\d[\\d_]*(\\.\\d[\\d_]*)?([eE][+-]?\\d+)?");
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
  private static final Pattern STRING =
      Pattern.compile(
          "'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"",
          Pattern.DOTALL);
  private static final Pattern RAW =
      Pattern.compile("\\{%([-+]?)\\s*raw\\s*(-?)%\\}(\\n?)", Pattern.DOTALL);
  private static final Pattern RAW_END =
      Pattern.compile("\\{%([-+]?)\\s*endraw\\s*([-+]?)%\\}(\\n?)", Pattern.DOTALL);
  private static final List<String> OPERATORS =
      List.of(
          "**", "//", "==", "!=", ">=", "<=", "+", "-", "*", "/", "%", "~", "[", "]", "(", ")", "{",
          "}", ">", "<", "=", ".", ":", "|", ",", ";");

  private final String source;
  private final List<Lexeme> out = new ArrayList<>();
  private int at;
  private int line = 1;
  private int counted; // characters whose lines are in line

  /** The last tag ended with a line break, so that what follows begins a line. */
  private boolean lineStart = true;

  private Lexer(String source) {
    this.source = source;
  }

  static List<Lexeme> read(String template) {
    String source = template.replace("\r\n", "\n").replace('\r', '\n');
    if (source.endsWith("\n")) {
      source = source.substring(0, source.length() - 1);
    }
    Lexer lexer = new Lexer(source);
    lexer.run();
    return lexer.out;
  }

  private void run() {
    while (at < source.length()) {
      int tag = nextTag();
      if (tag < 0) {
        text(source.substring(at));
        at = source.length();
        break;
      }
      char kind = source.charAt(tag + 1);
      char sign = tag + 2 < source.length() ? source.charAt(tag + 2) : ' ';
      text(before(source.substring(at, tag), kind, sign));
      at = tag;
      switch (kind) {
        case '#' -> comment();
        case '{' -> tag(Kind.OUTPUT_BEGIN, Kind.OUTPUT_END, "}}", sign);
        default -> block(sign);
      }
    }
    add(Kind.END, "");
  }

  private int nextTag() {
    for (int i = source.indexOf('{', at); i >= 0; i = source.indexOf('{', i + 1)) {
      if (i + 1 < source.length() && "{%#".indexOf(source.charAt(i + 1)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  /** The text before a tag without the white space that the tag takes away. */
  private String before(String text, char kind, char sign) {
    if (sign == '-') {
      return text.stripTrailing();
    }
    if (sign == '+' || kind == '{') {
      return text;
    }
    int begin = text.lastIndexOf('\n') + 1;
    return (begin > 0 || lineStart) && text.substring(begin).isBlank()
        ? text.substring(0, begin)
        : text;
  }

  private void comment() {
    int end = source.indexOf("#}", at + 2);
    if (end < 0) {
      throw error("a comment must end with #}, but does not");
    }
    char sign = end > at + 2 ? source.charAt(end - 1) : ' ';
    at = end + 2;
    after(sign, true);
  }

  private void block(char sign) {
    Matcher raw = RAW.matcher(source).region(at, source.length());
    if (raw.lookingAt()) {
      Matcher end = RAW_END.matcher(source);
      if (!end.find(raw.end())) {
        throw error("{% raw %} must end with {% endraw %}, but does not");
      }
      String inside = source.substring(raw.end(), end.start());
      if (raw.group(2).equals("-")) {
        inside = raw.group(3) + inside;
        inside = inside.stripLeading();
      }
      at = end.start();
      String stripped = end.group(1).equals("-") ? inside.stripTrailing() : inside;
      text(stripped);
      at = end.end() - end.group(3).length();
      after(end.group(2).isEmpty() ? ' ' : end.group(2).charAt(0), true);
      return;
    }
    tag(Kind.BLOCK_BEGIN, Kind.BLOCK_END, "%}", sign);
  }

  /** The words of a tag up to its end. */
  private void tag(Kind begin, Kind end, String close, char sign) {
    add(begin, "");
    at += sign == '-' || sign == '+' ? 3 : 2;
    Deque<String> open = new ArrayDeque<>();
    while (true) {
      while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
        at++;
      }
      if (at >= source.length()) {
        throw error("a tag must end with " + close + ", but the template ends");
      }
      if (open.isEmpty()) {
        char c = source.charAt(at);
        boolean signed = (c == '-' || c == '+') && source.startsWith(close, at + 1);
        if (signed || source.startsWith(close, at)) {
          add(end, "");
          at += signed ? 3 : 2;
          after(signed ? c : ' ', end == Kind.BLOCK_END);
          return;
        }
      }
      word(open);
    }
  }

  /** Takes away the white space behind a tag that ended with {@code sign}. */
  private void after(char sign, boolean trimsLine) {
    int from = at;
    if (sign == '-') {
      while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
        at++;
      }
    } else if (trimsLine && sign != '+' && at < source.length() && source.charAt(at) == '\n') {
      at++;
    }
    lineStart = at > from && source.charAt(at - 1) == '\n';
  }

  private void word(Deque<String> open) {
    Matcher matcher = STRING.matcher(source).region(at, source.length());
    if (matcher.lookingAt()) {
      String quoted = matcher.group();
      add(Kind.STRING, unescape(quoted.substring(1, quoted.length() - 1)));
      at = matcher.end();
    } else if (matcher.usePattern(NUMBER).lookingAt()) {
      boolean whole = matcher.group(1) == null && matcher.group(2) == null;
      add(whole ? Kind.INTEGER : Kind.FLOAT, matcher.group().replace("_", ""));
      at = matcher.end();
    } else if (matcher.usePattern(NAME).lookingAt()) {
      add(Kind.NAME, matcher.group());
      at = matcher.end();
    } else {
      operator(open);
    }
  }

  private void operator(Deque<String> open) {
    String operator =
        OPERATORS.stream().filter(o -> source.startsWith(o, at)).findFirst().orElse("");
    switch (operator) {
      case "" -> throw error("unexpected character '" + source.charAt(at) + "'");
      case "(" -> open.push(")");
      case "[" -> open.push("]");
      case "{" -> open.push("}");
      case ")", "]", "}" -> {
        if (open.isEmpty() || !open.pop().equals(operator)) {
          throw error("unexpected '" + operator + "'");
        }
      }
      default -> {}
    }
    add(Kind.OPERATOR, operator);
    at += operator.length();
  }

  private void text(String text) {
    if (!text.isEmpty()) {
      add(Kind.TEXT, text);
    }
  }

  private void add(Kind kind, String text) {
    for (; counted < at; counted++) {
      if (source.charAt(counted) == '\n') {
        line++;
      }
    }
    out.add(new Lexeme(kind, text, line));
  }

  private ChatTemplateException error(String message) {
    int place =
        (int)
                source
                    .substring(0, Math.min(at, source.length()))
                    .chars()
                    .filter(c -> c == '\n')
                    .count()
            + 1;
    return new ChatTemplateException("line " + place + " of the chat template: " + message);
  }

  /** Python's escapes; an unknown one stays as it is. */
  private static String unescape(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 == text.length()) {
        result.append(c);
        continue;
      }
      char escape = text.charAt(++i);
      int digits =
          switch (escape) {
            case 'x' -> 2;
            case 'u' -> 4;
            case 'U' -> 8;
            default -> 0;
          };
      if (digits > 0 && hexadecimal(text, i + 1, digits)) {
        result.appendCodePoint(Integer.parseInt(text, i + 1, i + 1 + digits, 16));
        i += digits;
        continue;
      }
      switch (escape) {
        case '\n' -> {}
        case '\\', '\'', '"' -> result.append(escape);
        case 'n' -> result.append('\n');
        case 't' -> result.append('\t');
        case 'r' -> result.append('\r');
        case 'b' -> result.append('\b');
        case 'f' -> result.append('\f');
        case 'v' -> result.append('\u000B');
        case 'a' -> result.append('\u0007');
        case '0' -> result.append('\0');
        default -> result.append('\\').append(escape);
      }
    }
    return result.toString();
  }

  private static boolean hexadecimal(String text, int from, int digits) {
    return from + digits <= text.length()
        && text.substring(from, from + digits).chars().allMatch(c -> Character.digit(c, 16) >= 0)
        && Long.parseLong(text, from, from + digits, 16) <= Character.MAX_CODE_POINT;
  }
}
