package dev.myna.text.chat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Jinja's filters: {@code value | name(arguments)}. */
final class Filters {
  private final Interpreter interpreter;

  Filters(Interpreter interpreter) {
    this.interpreter = interpreter;
  }

  @Nullable Object apply(
      String name,
      @Nullable Object value,
      List<@Nullable Object> arguments,
      Map<String, @Nullable Object> named) {
    Object first = Methods.argument(arguments, 0);
    return switch (name) {
      case "tojson" -> json(value, arguments, named);
      case "trim" ->
          Methods.strip(
              Values.text(value), Methods.named(arguments, named, 0, "chars"), true, true);
      case "length", "count" -> (long) Values.length(value);
      case "upper" -> Values.text(value).toUpperCase(Locale.ROOT);
      case "lower" -> Values.text(value).toLowerCase(Locale.ROOT);
      case "title" -> Methods.title(Values.text(value));
      case "capitalize" -> Methods.capitalize(Values.text(value));
      case "string", "safe" -> Values.text(value);
      case "int" -> whole(value, first);
      case "float" -> decimal(value);
      case "abs" -> value instanceof Long i ? (Object) Math.abs(i) : Math.abs(Values.number(value));
      case "round" -> round(value, first);
      case "list" -> Values.items(value);
      case "items" -> value instanceof Map<?, ?> m ? Methods.pairs(m) : pairsOf(value);
      case "first" -> edge(Values.items(value), true);
      case "last" -> edge(Values.items(value), false);
      case "reverse" ->
          value instanceof String s
              ? new StringBuilder(s).reverse().toString()
              : Values.items(value).reversed();
      case "join" -> join(value, arguments, named);
      case "default", "d" -> {
        boolean also = Values.truth(Methods.named(arguments, named, 1, "boolean"));
        boolean missing = value instanceof Undefined || (also && !Values.truth(value));
        yield missing
            ? (arguments.isEmpty() && !named.containsKey("default_value")
                ? ""
                : Methods.named(arguments, named, 0, "default_value"))
            : value;
      }
      case "replace" ->
          Methods.replace(
              Values.text(value),
              Values.text(first),
              Values.text(Methods.argument(arguments, 1)),
              Methods.argument(arguments, 2));
      case "select", "reject" -> select(value, arguments, null, name.equals("select"));
      case "selectattr", "rejectattr" ->
          select(
              value,
              arguments.subList(1, arguments.size()),
              Values.text(first),
              name.equals("selectattr"));
      case "map" -> map(value, arguments, named);
      case "sort" -> sort(value, arguments, named);
      case "unique" -> unique(value);
      case "dictsort" -> dictSort(value);
      case "sum" -> sum(value, named);
      case "min" -> extreme(value, -1);
      case "max" -> extreme(value, 1);
      case "indent" -> indent(Values.text(value), arguments, named);
      case "escape", "e" -> escape(Values.text(value));
      case "format" -> Operators.format(Values.text(value), arguments);
      default -> throw new ChatTemplateException("the filter '" + name + "' is unknown");
    };
  }

  private static String json(
      @Nullable Object value,
      List<@Nullable Object> arguments,
      Map<String, @Nullable Object> named) {
    Object indent = Methods.named(arguments, named, 1, "indent");
    Object separators = Methods.named(arguments, named, 2, "separators");
    return PythonJson.write(
        value,
        Values.truth(Methods.named(arguments, named, 0, "ensure_ascii")),
        indent == null ? -1 : Values.index(indent),
        Values.truth(Methods.named(arguments, named, 3, "sort_keys")),
        separators == null ? null : Values.items(separators).stream().map(Values::text).toList());
  }

  private static @Nullable Object whole(@Nullable Object value, @Nullable Object otherwise) {
    try {
      return switch (value) {
        case String s -> (long) Double.parseDouble(s.strip());
        case Double d -> (long) (double) d;
        case null, default -> Values.whole(value);
      };
    } catch (NumberFormatException | ChatTemplateException e) {
      return otherwise == null ? 0L : otherwise;
    }
  }

  private static double decimal(@Nullable Object value) {
    try {
      return value instanceof String s ? Double.parseDouble(s.strip()) : Values.number(value);
    } catch (NumberFormatException | ChatTemplateException e) {
      return 0;
    }
  }

  private static double round(@Nullable Object value, @Nullable Object digits) {
    double scale = Math.pow(10, digits == null ? 0 : Values.number(digits));
    return Math.rint(Values.number(value) * scale) / scale;
  }

  private static List<@Nullable Object> pairsOf(@Nullable Object value) {
    if (value instanceof Undefined) {
      return List.of();
    }
    throw new ChatTemplateException("items wants a map, found '" + Values.typeName(value) + "'");
  }

  private static @Nullable Object edge(List<@Nullable Object> items, boolean first) {
    if (items.isEmpty()) {
      return new Undefined("the " + (first ? "first" : "last") + " item of nothing");
    }
    return first ? items.getFirst() : items.getLast();
  }

  private String join(
      @Nullable Object value,
      List<@Nullable Object> arguments,
      Map<String, @Nullable Object> named) {
    Object separator = Methods.named(arguments, named, 0, "d");
    Object attribute = Methods.named(arguments, named, 1, "attribute");
    List<@Nullable Object> items =
        attribute == null
            ? Values.items(value)
            : map(value, List.of(), Map.of("attribute", attribute));
    return Methods.join(separator == null ? "" : Values.text(separator), items);
  }

  private List<@Nullable Object> select(
      @Nullable Object value,
      List<@Nullable Object> test,
      @Nullable String attribute,
      boolean keep) {
    List<@Nullable Object> kept = new ArrayList<>();
    for (Object item : Values.items(value)) {
      Object looked = attribute == null ? item : path(item, attribute);
      boolean passes =
          test.isEmpty()
              ? Values.truth(looked)
              : Tests.test(Values.text(test.getFirst()), looked, test.subList(1, test.size()));
      if (passes == keep) {
        kept.add(item);
      }
    }
    return kept;
  }

  private @Nullable Object path(@Nullable Object item, String attribute) {
    Object value = item;
    for (String part : attribute.split("\\.", -1)) {
      boolean number = !part.isEmpty() && part.chars().allMatch(Character::isDigit);
      value = interpreter.item(value, number ? (Object) Long.parseLong(part) : part);
    }
    return value;
  }

  private List<@Nullable Object> map(
      @Nullable Object value,
      List<@Nullable Object> arguments,
      Map<String, @Nullable Object> named) {
    List<@Nullable Object> mapped = new ArrayList<>();
    Object attribute = named.get("attribute");
    for (Object item : Values.items(value)) {
      if (attribute != null) {
        Object found = path(item, Values.text(attribute));
        boolean missing = found instanceof Undefined && named.containsKey("default");
        mapped.add(missing ? named.get("default") : found);
      } else {
        String filter = Values.string(Methods.argument(arguments, 0), "map");
        mapped.add(apply(filter, item, arguments.subList(1, arguments.size()), named));
      }
    }
    return mapped;
  }

  private List<@Nullable Object> sort(
      @Nullable Object value,
      List<@Nullable Object> arguments,
      Map<String, @Nullable Object> named) {
    Object attribute = Methods.named(arguments, named, 2, "attribute");
    boolean reverse = Values.truth(Methods.named(arguments, named, 0, "reverse"));
    boolean cased = Values.truth(Methods.named(arguments, named, 1, "case_sensitive"));
    Comparator<@Nullable Object> order =
        (a, b) -> Values.compare(key(a, attribute, cased), key(b, attribute, cased));
    List<@Nullable Object> sorted = Values.items(value);
    sorted.sort(reverse ? order.reversed() : order);
    return sorted;
  }

  private @Nullable Object key(@Nullable Object item, @Nullable Object attribute, boolean cased) {
    Object key = attribute == null ? item : path(item, Values.text(attribute));
    return key instanceof String s && !cased ? s.toLowerCase(Locale.ROOT) : key;
  }

  private static List<@Nullable Object> unique(@Nullable Object value) {
    List<@Nullable Object> kept = new ArrayList<>();
    for (Object item : Values.items(value)) {
      if (!Values.contains(kept, item)) {
        kept.add(item);
      }
    }
    return kept;
  }

  private static List<@Nullable Object> dictSort(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new ChatTemplateException(
          "dictsort wants a map, found '" + Values.typeName(value) + "'");
    }
    List<@Nullable Object> pairs = Methods.pairs(map);
    pairs.sort(
        Comparator.comparing(
            pair -> Values.text(((List<?>) pair).getFirst()).toLowerCase(Locale.ROOT)));
    return pairs;
  }

  private Object sum(@Nullable Object value, Map<String, @Nullable Object> named) {
    Object attribute = named.get("attribute");
    Object sum = 0L;
    for (Object item : Values.items(value)) {
      sum =
          Operators.apply("+", sum, attribute == null ? item : path(item, Values.text(attribute)));
    }
    return sum;
  }

  private static @Nullable Object extreme(@Nullable Object value, int sign) {
    List<@Nullable Object> items = Values.items(value);
    Object best = edge(items, true);
    for (Object item : items) {
      best = Values.compare(item, best) * sign > 0 ? item : best;
    }
    return best;
  }

  private static String indent(
      String text, List<@Nullable Object> arguments, Map<String, @Nullable Object> named) {
    Object width = Methods.named(arguments, named, 0, "width");
    boolean first = Values.truth(Methods.named(arguments, named, 1, "first"));
    boolean blank = Values.truth(Methods.named(arguments, named, 2, "blank"));
    String margin =
        width instanceof String s ? s : " ".repeat(width == null ? 4 : Values.index(width));
    String[] lines = text.split("\n", -1);
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < lines.length; i++) {
      boolean indented = i == 0 ? first : blank || !lines[i].isEmpty();
      result.append(i == 0 ? "" : "\n").append(indented ? margin : "").append(lines[i]);
    }
    return result.toString();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&#34;")
        .replace("'", "&#39;");
  }
}
