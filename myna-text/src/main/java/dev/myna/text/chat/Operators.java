package dev.myna.text.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's arithmetic on values. */
final class Operators {
  private static final int MAXIMUM_REPEATED = 1 << 20; // characters that * may make

  private Operators() {}

  static Object apply(String operator, @Nullable Object a, @Nullable Object b) {
    if (operator.equals("~")) {
      return Values.text(a) + Values.text(b);
    }
    if (a instanceof Undefined u) {
      throw u.error();
    }
    if (b instanceof Undefined u) {
      throw u.error();
    }
    if (operator.equals("+") && a instanceof String x && b instanceof String y) {
      return x + y;
    }
    if (operator.equals("+") && a instanceof List<?> x && b instanceof List<?> y) {
      List<@Nullable Object> both = new ArrayList<>(x);
      both.addAll(y);
      return both;
    }
    if (operator.equals("*") && a instanceof String s && b instanceof Long n) {
      return repeat(s, n);
    }
    if (operator.equals("*") && a instanceof Long n && b instanceof String s) {
      return repeat(s, n);
    }
    if (operator.equals("%") && a instanceof String s) {
      return format(s, b instanceof List<?> list ? list : Arrays.asList(b));
    }
    if (!Values.isNumber(a) || !Values.isNumber(b)) {
      throw new ChatTemplateException(
          "'%s' does not go with '%s' and '%s'"
              .formatted(operator, Values.typeName(a), Values.typeName(b)));
    }
    return a instanceof Double || b instanceof Double || operator.equals("/")
        ? decimal(operator, Values.number(a), Values.number(b))
        : whole(operator, Values.whole(a), Values.whole(b));
  }

  private static Object whole(String operator, long a, long b) {
    return switch (operator) {
      case "+" -> Math.addExact(a, b);
      case "-" -> Math.subtractExact(a, b);
      case "*" -> Math.multiplyExact(a, b);
      case "//" -> Math.floorDiv(a, divisor(b));
      case "%" -> Math.floorMod(a, divisor(b));
      case "**" -> b >= 0 ? (Object) (long) Math.pow(a, b) : Math.pow(a, b);
      default -> throw new IllegalArgumentException(operator);
    };
  }

  private static long divisor(long value) {
    if (value == 0) {
      throw new ChatTemplateException("division by zero");
    }
    return value;
  }

  private static Object decimal(String operator, double a, double b) {
    if (b == 0 && (operator.equals("/") || operator.equals("//") || operator.equals("%"))) {
      throw new ChatTemplateException("division by zero");
    }
    return switch (operator) {
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      case "/" -> a / b;
      case "//" -> Math.floor(a / b);
      case "%" -> a - b * Math.floor(a / b);
      case "**" -> Math.pow(a, b);
      default -> throw new IllegalArgumentException(operator);
    };
  }

  private static String repeat(String text, long times) {
    if (times > 0 && text.length() * times > MAXIMUM_REPEATED) {
      throw new ChatTemplateException("a text repeated " + times + " times is too long");
    }
    return text.repeat((int) Math.max(0, times));
  }

  /** Python's {@code %} on a text, with {@code %s}, {@code %d} and {@code %%}. */
  static String format(String pattern, List<?> values) {
    StringBuilder result = new StringBuilder();
    int used = 0;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      char next = i + 1 < pattern.length() ? pattern.charAt(i + 1) : ' ';
      if (c != '%') {
        result.append(c);
      } else if (next == '%') {
        result.append('%');
        i++;
      } else if ((next == 's' || next == 'd') && used < values.size()) {
        result.append(Values.text(values.get(used++)));
        i++;
      } else {
        throw new ChatTemplateException("the format \"" + pattern + "\" does not fit its values");
      }
    }
    return result.toString();
  }
}
