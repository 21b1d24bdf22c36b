package dev.myna.text.chat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Jinja's tests: {@code value is name}. */
final class Tests {
  private Tests() {}

  static boolean test(String name, @Nullable Object value, List<@Nullable Object> arguments) {
    Object other = Methods.argument(arguments, 0);
    return switch (name) {
      case "defined" -> !(value instanceof Undefined);
      case "undefined" -> value instanceof Undefined;
      case "none" -> value == null;
      case "string" -> value instanceof String;
      case "mapping" -> value instanceof Map<?, ?>;
      case "number" -> Values.isNumber(value);
      case "integer" -> value instanceof Long;
      case "float" -> value instanceof Double;
      case "boolean" -> value instanceof Boolean;
      case "true" -> Boolean.TRUE.equals(value);
      case "false" -> Boolean.FALSE.equals(value);
      case "sequence" ->
          value instanceof String || value instanceof Collection<?> || value instanceof Map<?, ?>;
      case "iterable" ->
          value instanceof String
              || value instanceof Collection<?>
              || value instanceof Map<?, ?>
              || value instanceof Undefined;
      case "callable" -> value instanceof Callable;
      case "odd" -> Values.whole(value) % 2 != 0;
      case "even" -> Values.whole(value) % 2 == 0;
      case "divisibleby" -> Math.floorMod(Values.whole(value), Values.whole(other)) == 0;
      case "eq", "==", "equalto" -> Values.equal(value, other);
      case "ne", "!=" -> !Values.equal(value, other);
      case "lt", "<", "lessthan" -> Values.compare(value, other) < 0;
      case "le", "<=" -> Values.compare(value, other) <= 0;
      case "gt", ">", "greaterthan" -> Values.compare(value, other) > 0;
      case "ge", ">=" -> Values.compare(value, other) >= 0;
      case "in" -> Values.contains(other, value);
      case "sameas" ->
          value == other || (!(value instanceof Collection<?>) && Values.equal(value, other));
      case "upper" -> isUpper(Values.text(value));
      case "lower" -> isLower(Values.text(value));
      default -> throw new ChatTemplateException("the test '" + name + "' is unknown");
    };
  }

  static boolean isUpper(String text) {
    return text.codePoints().anyMatch(Character::isUpperCase)
        && text.codePoints().noneMatch(Character::isLowerCase);
  }

  static boolean isLower(String text) {
    return text.codePoints().anyMatch(Character::isLowerCase)
        && text.codePoints().noneMatch(Character::isUpperCase);
  }
}
