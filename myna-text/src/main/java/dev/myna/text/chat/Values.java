package dev.myna.text.chat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Python's rules for values: null, Boolean, Long, Double, String, List, Map, {@link Undefined} and
 * {@link Callable}.
 */
final class Values {
  private Values() {}

  /** Java's other numbers and arrays of the caller as the types that templates know. */
  static @Nullable Object of(@Nullable Object value) {
    return switch (value) {
      case Integer i -> (long) i;
      case Short i -> (long) i;
      case Byte i -> (long) i;
      case Float f -> (double) f;
      case Character c -> c.toString();
      case null, default -> value;
    };
  }

  /** The same all the way down, copied. */
  static @Nullable Object deep(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> m -> {
        Map<@Nullable Object, @Nullable Object> copy = new LinkedHashMap<>();
        m.forEach((key, item) -> copy.put(key, deep(item)));
        yield copy;
      }
      case Collection<?> c -> {
        List<@Nullable Object> copy = new ArrayList<>();
        c.forEach(item -> copy.add(deep(item)));
        yield copy;
      }
      case null, default -> of(value);
    };
  }

  static boolean truth(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case Boolean b -> b;
      case Long i -> i != 0;
      case Double d -> d != 0;
      case String s -> !s.isEmpty();
      case Collection<?> c -> !c.isEmpty();
      case Map<?, ?> m -> !m.isEmpty();
      case Undefined u -> false;
      default -> true;
    };
  }

  static String typeName(@Nullable Object value) {
    return switch (value) {
      case null -> "None";
      case Boolean b -> "bool";
      case Long i -> "int";
      case Double d -> "float";
      case String s -> "str";
      case Collection<?> c -> "list";
      case Map<?, ?> m -> "dict";
      case Undefined u -> "undefined";
      default -> "function";
    };
  }

  /** Python's {@code str}. */
  static String text(@Nullable Object value) {
    return switch (value) {
      case String s -> s;
      case Undefined u -> "";
      case null, default -> repr(value);
    };
  }

  /** Python's {@code repr}. */
  static String repr(@Nullable Object value) {
    return switch (value) {
      case null -> "None";
      case Boolean b -> b ? "True" : "False";
      case Double d -> decimal(d);
      case String s -> quoted(s);
      case Undefined u -> "Undefined";
      case Collection<?> c -> {
        List<String> items = new ArrayList<>();
        c.forEach(item -> items.add(repr(item)));
        yield "[" + String.join(", ", items) + "]";
      }
      case Map<?, ?> m -> {
        List<String> items = new ArrayList<>();
        m.forEach((key, item) -> items.add(repr(key) + ": " + repr(item)));
        yield "{" + String.join(", ", items) + "}";
      }
      default -> value.toString();
    };
  }

  private static String quoted(String text) {
    char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
    StringBuilder result = new StringBuilder().append(quote);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\n' -> result.append("\\n");
                case '\r' -> result.append("\\r");
                case '\t' -> result.append("\\t");
                case '\\' -> result.append("\\\\");
                default -> {
                  if (c == quote) {
                    result.append('\\').append(quote);
                  } else if (c < 32 || c == 127) {
                    result.append("\\x%02x".formatted(c));
                  } else {
                    result.appendCodePoint(c);
                  }
                }
              }
            });
    return result.append(quote).toString();
  }

  /** Python's shortest form of a float. */
  static String decimal(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    double size = Math.abs(value);
    if (value == 0 || (size >= 1e-4 && size < 1e16)) {
      String plain = new BigDecimal(Double.toString(value)).toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String[] parts = Double.toString(value).split("E", -1);
    int exponent = Integer.parseInt(parts[1]);
    String mantissa =
        parts[0].endsWith(".0") ? parts[0].substring(0, parts[0].length() - 2) : parts[0];
    return "%se%s%02d".formatted(mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  static boolean equal(@Nullable Object a, @Nullable Object b) {
    if (isNumber(a) && isNumber(b)) {
      return a instanceof Double || b instanceof Double
          ? number(a) == number(b)
          : whole(a) == whole(b);
    }
    if (a instanceof List<?> x && b instanceof List<?> y) {
      if (x.size() != y.size()) {
        return false;
      }
      for (int i = 0; i < x.size(); i++) {
        if (!equal(x.get(i), y.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (a instanceof Undefined && b instanceof Undefined) {
      return true;
    }
    return Objects.equals(a, b);
  }

  /** Below 0, 0 or above 0, as {@code a} is less than, equal to or greater than {@code b}. */
  static int compare(@Nullable Object a, @Nullable Object b) {
    if (isNumber(a) && isNumber(b)) {
      return a instanceof Double || b instanceof Double
          ? Double.compare(number(a), number(b))
          : Long.compare(whole(a), whole(b));
    }
    if (a instanceof String x && b instanceof String y) {
      int[] left = x.codePoints().toArray();
      int[] right = y.codePoints().toArray();
      return Arrays.compare(left, right);
    }
    if (a instanceof List<?> x && b instanceof List<?> y) {
      for (int i = 0; i < Math.min(x.size(), y.size()); i++) {
        int order = compare(x.get(i), y.get(i));
        if (order != 0) {
          return order;
        }
      }
      return Integer.compare(x.size(), y.size());
    }
    throw new ChatTemplateException(
        "'%s' and '%s' cannot be put in order".formatted(typeName(a), typeName(b)));
  }

  static boolean isNumber(@Nullable Object value) {
    return value instanceof Long || value instanceof Double || value instanceof Boolean;
  }

  static double number(@Nullable Object value) {
    return switch (value) {
      case Long i -> i;
      case Double d -> d;
      case Boolean b -> b ? 1 : 0;
      case Undefined u -> throw u.error();
      case null, default ->
          throw new ChatTemplateException("wanted a number, found '" + typeName(value) + "'");
    };
  }

  static long whole(@Nullable Object value) {
    return switch (value) {
      case Long i -> i;
      case Boolean b -> b ? 1 : 0;
      case Undefined u -> throw u.error();
      case null, default ->
          throw new ChatTemplateException("wanted a whole number, found '" + typeName(value) + "'");
    };
  }

  static int index(@Nullable Object value) {
    return Math.clamp(whole(value), Integer.MIN_VALUE + 1, Integer.MAX_VALUE);
  }

  static String string(@Nullable Object value, String wantedBy) {
    return switch (value) {
      case String s -> s;
      case Undefined u -> throw u.error();
      case null, default ->
          throw new ChatTemplateException(
              wantedBy + " wants text, found '" + typeName(value) + "'");
    };
  }

  static boolean contains(@Nullable Object container, @Nullable Object item) {
    return switch (container) {
      case String s -> s.contains(string(item, "'in' a text"));
      case Map<?, ?> m -> m.containsKey(item);
      case Collection<?> c -> c.stream().anyMatch(x -> equal(x, item));
      case Undefined u -> false;
      case null, default ->
          throw new ChatTemplateException("'in' does not look into '" + typeName(container) + "'");
    };
  }

  static int length(@Nullable Object value) {
    return switch (value) {
      case String s -> s.codePointCount(0, s.length());
      case Map<?, ?> m -> m.size();
      case Collection<?> c -> c.size();
      case Undefined u -> 0;
      case null, default ->
          throw new ChatTemplateException("'" + typeName(value) + "' has no length");
    };
  }

  /** What a loop goes over: items, keys or characters. */
  static List<@Nullable Object> items(@Nullable Object value) {
    List<@Nullable Object> items = new ArrayList<>();
    switch (value) {
      case String s -> s.codePoints().forEach(c -> items.add(Character.toString(c)));
      case Map<?, ?> m -> items.addAll(m.keySet());
      case Collection<?> c -> items.addAll(c);
      case Undefined u -> {}
      case null, default ->
          throw new ChatTemplateException("'" + typeName(value) + "' is nothing to go over");
    }
    return items;
  }

  /** Python's {@code value[from:to:step]}. */
  static Object slice(
      @Nullable Object value, @Nullable Object from, @Nullable Object to, @Nullable Object step) {
    if (value instanceof Undefined u) {
      throw u.error();
    }
    List<@Nullable Object> items = items(value);
    int stride = step == null ? 1 : index(step);
    if (stride == 0) {
      throw new ChatTemplateException("the step of a slice must not be 0");
    }
    int size = items.size();
    int low = stride > 0 ? 0 : -1;
    int high = stride > 0 ? size : size - 1;
    int begin = from == null ? (stride > 0 ? low : high) : bound(index(from), size, low, high);
    int end = to == null ? (stride > 0 ? high : low) : bound(index(to), size, low, high);
    List<@Nullable Object> part = new ArrayList<>();
    for (long i = begin; stride > 0 ? i < end : i > end; i += stride) {
      part.add(items.get((int) i));
    }
    return value instanceof String ? join(part) : part;
  }

  private static int bound(int index, int size, int low, int high) {
    long place = index < 0 ? (long) index + size : index;
    return (int) Math.clamp(place, low, high);
  }

  private static String join(List<@Nullable Object> parts) {
    StringBuilder text = new StringBuilder();
    for (Iterator<@Nullable Object> i = parts.iterator(); i.hasNext(); ) {
      text.append(i.next());
    }
    return text.toString();
  }
}
