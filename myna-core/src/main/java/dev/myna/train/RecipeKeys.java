package dev.myna.train;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The reference of a recipe's keys, made from the records themselves. */
public final class RecipeKeys {
  /**
   * One key.
   *
   * @param path {@code train.steps}; of a section, its name alone
   * @param type what may stand there, in words; empty for a section
   * @param otherwise the default as it would be written; empty if there is none
   * @param meaning one line
   */
  public record Entry(String path, String type, String otherwise, String meaning) {
    /** Whether this is a section that holds other keys. */
    public boolean isSection() {
      return type.isEmpty();
    }
  }

  private RecipeKeys() {}

  static List<Entry> of(Class<? extends Record> type) {
    List<Entry> entries = new ArrayList<>();
    collect(type, "", entries);
    return entries;
  }

  /** The keys as a page of Markdown. */
  public static String markdown() {
    StringBuilder page = new StringBuilder();
    page.append("| key | what it is | default | meaning |\n|---|---|---|---|\n");
    for (Entry entry : Recipe.keys()) {
      if (entry.isSection()) {
        page.append("| **`%s`** | section | | %s |\n".formatted(entry.path(), entry.meaning()));
      } else {
        String otherwise = entry.otherwise().isEmpty() ? "" : "`" + entry.otherwise() + "`";
        page.append(
            "| `%s` | %s | %s | %s |\n"
                .formatted(
                    entry.path(), entry.type(), otherwise, entry.meaning().replace("|", "\\|")));
      }
    }
    return page.toString();
  }

  private static void collect(Class<? extends Record> type, String path, List<Entry> entries) {
    for (RecordComponent component : type.getRecordComponents()) {
      Key key = component.getAnnotation(Key.class);
      String name = path + RecipeBinder.key(component);
      if (isSection(component.getType())) {
        entries.add(new Entry(name, "", "", key.value()));
        section(component.getType(), name, entries);
      } else {
        entries.add(new Entry(name, describe(component, key), key.otherwise(), key.value()));
      }
    }
  }

  private static void section(Class<?> type, String name, List<Entry> entries) {
    Optional<RecipeVariants> forms = RecipeVariants.of(type);
    if (forms.isEmpty()) {
      collect(type.asSubclass(Record.class), name + ".", entries);
      return;
    }
    Variants variants = forms.get().variants();
    String path = name + "." + variants.key();
    entries.add(
        new Entry(
            path,
            "one of " + String.join(", ", forms.get().names()),
            variants.otherwise(),
            variants.meaning()));
    for (RecipeVariants.Form form : forms.get().forms()) {
      String title = "%s: %s".formatted(path, String.join(" | ", form.names()));
      entries.add(new Entry(title, "", "", form.meaning()));
      List<Entry> keys = new ArrayList<>();
      collect(form.type(), name + ".", keys);
      keys.stream().filter(key -> !key.path().equals(path)).forEach(entries::add);
    }
  }

  /** Whether a key of this type holds further keys. */
  static boolean isSection(Class<?> type) {
    return type.isRecord() || type.isAnnotationPresent(Variants.class);
  }

  private static String describe(RecordComponent component, Key key) {
    if (component.getType() == List.class) {
      ParameterizedType generic = (ParameterizedType) component.getGenericType();
      Class<?> item = (Class<?>) generic.getActualTypeArguments()[0];
      if (item.isEnum()) {
        return "list out of " + String.join(", ", constants(item));
      }
      return item == String.class ? "list of texts" : "list of whole numbers";
    }
    Class<?> type = component.getType();
    if (type == Optional.class) {
      ParameterizedType generic = (ParameterizedType) component.getGenericType();
      type = (Class<?>) generic.getActualTypeArguments()[0];
    }
    boolean bounded = Double.isFinite(key.least()) || Double.isFinite(key.most());
    return bounded ? range(key, type) : typeName(type);
  }

  static String range(Key key, Class<?> type) {
    String name = typeName(type);
    String most = Double.isFinite(key.most()) ? number(key.most()) : "";
    if (key.least() == Double.MIN_VALUE) {
      return name + " above 0" + (most.isEmpty() ? "" : ", at most " + most);
    }
    if (most.isEmpty()) {
      return "%s of at least %s".formatted(name, number(key.least()));
    }
    return "%s from %s to %s".formatted(name, number(key.least()), most);
  }

  static String typeName(Class<?> type) {
    if (type.isEnum()) {
      return "one of " + String.join(", ", constants(type));
    }
    return switch (type.getName()) {
      case "int", "long", "java.lang.Integer", "java.lang.Long" -> "a whole number";
      case "double", "java.lang.Double" -> "a number";
      case "boolean", "java.lang.Boolean" -> "true or false";
      default -> "a text";
    };
  }

  /** An enum's constant as it stands in YAML. */
  static String constant(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** An enum's constants as they stand in YAML. */
  static List<String> constants(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> constant((Enum<?>) constant))
        .toList();
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
