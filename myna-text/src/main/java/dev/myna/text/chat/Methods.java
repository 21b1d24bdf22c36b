package dev.myna.text.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Python's methods of texts, lists and maps that do not change them. */
final class Methods {
  private Methods() {}

  /** The method {@code name} of {@code value}, or null where it has none. */
  static @Nullable Callable of(@Nullable Object value, String name) {
    return switch (value) {
      case String s -> ofText(s, name);
      case Map<?, ?> m -> ofMap(m, name);
      case List<?> list -> ofList(list, name);
      case null, default -> null;
    };
  }

  private static @Nullable Callable ofText(String text, String name) {
    return switch (name) {
      case "strip" -> given -> strip(text, given.at(0), true, true);
      case "lstrip" -> given -> strip(text, given.at(0), true, false);
      case "rstrip" -> given -> strip(text, given.at(0), false, true);
      case "split" -> given -> split(text, given.at(0, "sep"), given.at(1, "maxsplit"));
      case "rsplit" -> given -> splitLast(text, given.at(0, "sep"), given.at(1, "maxsplit"));
      case "splitlines" -> given -> new ArrayList<@Nullable Object>(text.lines().toList());
      case "startswith" -> given -> any(given.at(0), text::startsWith);
      case "endswith" -> given -> any(given.at(0), text::endsWith);
      case "upper" -> given -> text.toUpperCase(Locale.ROOT);
      case "lower" -> given -> text.toLowerCase(Locale.ROOT);
      case "title" -> given -> title(text);
      case "capitalize" -> given -> capitalize(text);
      case "replace" ->
          given ->
              replace(
                  text,
                  Values.string(given.at(0), name),
                  Values.string(given.at(1), name),
                  given.at(2));
      case "removeprefix" ->
          given -> {
            String prefix = Values.string(given.at(0), name);
            return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
          };
      case "removesuffix" ->
          given -> {
            String suffix = Values.string(given.at(0), name);
            return text.endsWith(suffix)
                ? text.substring(0, text.length() - suffix.length())
                : text;
          };
      case "find" -> given -> place(text, text.indexOf(Values.string(given.at(0), name)));
      case "rfind" -> given -> place(text, text.lastIndexOf(Values.string(given.at(0), name)));
      case "count" -> given -> count(text, Values.string(given.at(0), name));
      case "join" -> given -> join(text, Values.items(given.at(0)));
      case "format" -> given -> braces(text, given.values(), given.named());
      case "isdigit", "isnumeric", "isdecimal" -> given -> all(text, Character::isDigit);
      case "isalpha" -> given -> all(text, Character::isLetter);
      case "isalnum" -> given -> all(text, Character::isLetterOrDigit);
      case "isspace" -> given -> all(text, Methods::isSpace);
      case "isupper" -> given -> Tests.isUpper(text);
      case "islower" -> given -> Tests.isLower(text);
      default -> null;
    };
  }

  private static @Nullable Callable ofMap(Map<?, ?> map, String name) {
    return switch (name) {
      case "items" -> given -> pairs(map);
      case "keys" -> given -> new ArrayList<@Nullable Object>(map.keySet());
      case "values" -> given -> new ArrayList<@Nullable Object>(map.values());
      case "get" ->
          given -> {
            Object key = given.at(0);
            return map.containsKey(key) ? Values.of(map.get(key)) : given.at(1);
          };
      case "copy" -> given -> map;
      default -> null;
    };
  }

  private static @Nullable Callable ofList(List<?> list, String name) {
    return switch (name) {
      case "index" ->
          given -> {
            for (int i = 0; i < list.size(); i++) {
              if (Values.equal(list.get(i), given.at(0))) {
                return (long) i;
              }
            }
            throw new ChatTemplateException("the list lacks " + Values.repr(given.at(0)));
          };
      case "count" ->
          given -> list.stream().filter(item -> Values.equal(item, given.at(0))).count();
      case "append", "extend", "insert", "pop", "remove", "clear", "sort", "reverse" ->
          given -> {
            throw new ChatTemplateException("a template must not change a list, but calls " + name);
          };
      default -> null;
    };
  }

  static List<@Nullable Object> pairs(Map<?, ?> map) {
    List<@Nullable Object> pairs = new ArrayList<>();
    map.forEach(
        (key, value) -> pairs.add(new ArrayList<@Nullable Object>(Arrays.asList(key, value))));
    return pairs;
  }

  static @Nullable Object argument(List<@Nullable Object> arguments, int index) {
    return index < arguments.size() ? arguments.get(index) : null;
  }

  static @Nullable Object named(
      List<@Nullable Object> arguments,
      Map<String, @Nullable Object> named,
      int index,
      String name) {
    return named.containsKey(name) ? named.get(name) : argument(arguments, index);
  }

  /** Python's white space. */
  static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
  }

  static String strip(String text, @Nullable Object characters, boolean left, boolean right) {
    IntPredicate gone =
        characters == null
            ? Methods::isSpace
            : c -> Values.string(characters, "strip").indexOf(c) >= 0;
    int from = 0;
    int to = text.length();
    while (left && from < to && gone.test(text.codePointAt(from))) {
      from += Character.charCount(text.codePointAt(from));
    }
    while (right && to > from && gone.test(text.codePointBefore(to))) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return text.substring(from, to);
  }

  private static List<@Nullable Object> split(
      String text, @Nullable Object separator, @Nullable Object limit) {
    long most = limit == null || Values.whole(limit) < 0 ? Long.MAX_VALUE : Values.whole(limit);
    List<@Nullable Object> parts = new ArrayList<>();
    if (separator == null) {
      String rest = strip(text, null, true, false);
      while (!rest.isEmpty() && parts.size() < most) {
        int end = 0;
        while (end < rest.length() && !isSpace(rest.charAt(end))) {
          end++;
        }
        parts.add(rest.substring(0, end));
        rest = strip(rest.substring(end), null, true, false);
      }
      if (!rest.isEmpty()) {
        parts.add(rest);
      }
      return parts;
    }
    String between = separator(separator);
    int from = 0;
    for (int at = text.indexOf(between); at >= 0 && parts.size() < most; ) {
      parts.add(text.substring(from, at));
      from = at + between.length();
      at = text.indexOf(between, from);
    }
    parts.add(text.substring(from));
    return parts;
  }

  private static List<@Nullable Object> splitLast(
      String text, @Nullable Object separator, @Nullable Object limit) {
    if (separator == null || limit == null || Values.whole(limit) < 0) {
      return split(text, separator, null);
    }
    String between = separator(separator);
    List<@Nullable Object> parts = new ArrayList<>();
    int to = text.length();
    while (parts.size() < Values.whole(limit)) {
      int at = text.lastIndexOf(between, to - between.length());
      if (at < 0 || to - between.length() < 0) {
        break;
      }
      parts.addFirst(text.substring(at + between.length(), to));
      to = at;
    }
    parts.addFirst(text.substring(0, to));
    return parts;
  }

  private static String separator(Object separator) {
    String between = Values.string(separator, "split");
    if (between.isEmpty()) {
      throw new ChatTemplateException("split wants a separator that is not empty");
    }
    return between;
  }

  private interface TextTest {
    boolean test(String part);
  }

  private static boolean any(@Nullable Object parts, TextTest test) {
    return parts instanceof List<?> list
        ? list.stream().anyMatch(part -> test.test(Values.string(part, "startswith")))
        : test.test(Values.string(parts, "startswith"));
  }

  static String replace(String text, String old, String fresh, @Nullable Object limit) {
    if (limit == null || old.isEmpty()) {
      return text.replace(old, fresh);
    }
    StringBuilder result = new StringBuilder();
    int from = 0;
    long left = Values.whole(limit);
    for (int at = text.indexOf(old); at >= 0 && left != 0; at = text.indexOf(old, from)) {
      result.append(text, from, at).append(fresh);
      from = at + old.length();
      left--;
    }
    return result.append(text.substring(from)).toString();
  }

  private static long place(String text, int index) {
    return index < 0 ? -1 : text.codePointCount(0, index);
  }

  private static long count(String text, String part) {
    if (part.isEmpty()) {
      return Values.length(text) + 1L;
    }
    long times = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
      times++;
    }
    return times;
  }

  static String join(String separator, List<@Nullable Object> parts) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      text.append(i == 0 ? "" : separator).append(Values.text(parts.get(i)));
    }
    return text.toString();
  }

  private static boolean all(String text, IntPredicate test) {
    return !text.isEmpty() && text.codePoints().allMatch(test);
  }

  static String capitalize(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.offsetByCodePoints(0, 1);
    return text.substring(0, first).toUpperCase(Locale.ROOT)
        + text.substring(first).toLowerCase(Locale.ROOT);
  }

  static String title(String text) {
    StringBuilder result = new StringBuilder();
    boolean inWord = false;
    for (int c : text.codePoints().toArray()) {
      result.appendCodePoint(inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
      inWord = Character.isLetter(c);
    }
    return result.toString();
  }

  /** Python's {@code format} with {@code {}}, {@code {0}} and {@code {name}}. */
  private static String braces(
      String text, List<@Nullable Object> arguments, Map<String, @Nullable Object> named) {
    StringBuilder result = new StringBuilder();
    int next = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c == '{' || c == '}') && i + 1 < text.length() && text.charAt(i + 1) == c) {
        result.append(c);
        i++;
      } else if (c == '{') {
        int end = text.indexOf('}', i);
        String key = end < 0 ? "" : text.substring(i + 1, end);
        int index =
            key.isEmpty() ? next++ : all(key, Character::isDigit) ? Integer.parseInt(key) : -1;
        if (end < 0 || (index >= 0 ? index >= arguments.size() : !named.containsKey(key))) {
          throw new ChatTemplateException("the format \"" + text + "\" does not fit its values");
        }
        result.append(Values.text(index >= 0 ? arguments.get(index) : named.get(key)));
        i = end;
      } else {
        result.append(c);
      }
    }
    return result.toString();
  }
}
