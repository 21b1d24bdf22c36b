package dev.myna.train;

import dev.myna.Names;
import dev.myna.train.RecipeNode.Mapping;
import dev.myna.train.RecipeNode.Scalar;
import dev.myna.train.RecipeNode.Sequence;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns nodes into records by their components' names, types and {@link Key}s, and gathers every
 * problem on the way.
 */
final class RecipeBinder {
  private final List<String> problems = new ArrayList<>();

  private RecipeBinder() {}

  static <R extends Record> R bind(String name, Mapping root, Class<R> type) {
    RecipeBinder binder = new RecipeBinder();
    Optional<R> bound = binder.record(root, type, "");
    if (bound.isPresent() && binder.problems.isEmpty()) {
      return bound.get();
    }
    List<String> problems = binder.problems;
    if (problems.size() == 1) {
      throw new RecipeException(problems.getFirst());
    }
    String all = String.join("; ", problems).replace(name + ", ", "");
    throw new RecipeException("%s has %d problems: %s".formatted(name, problems.size(), all));
  }

  /** Name of a component as it stands in YAML: {@code minimumRate} is {@code minimum_rate}. */
  static String key(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private <R extends Record> Optional<R> record(Mapping mapping, Class<R> type, String path) {
    RecordComponent[] components = type.getRecordComponents();
    List<String> known = Arrays.stream(components).map(RecipeBinder::key).toList();
    mapping
        .entries()
        .forEach(
            (key, node) -> {
              if (!known.contains(key)) {
                String near = Names.didYouMean(key, known);
                String hint = near.isEmpty() ? "; known are " + String.join(", ", known) : near;
                problem(node, "unknown key " + path + key + hint);
              }
            });
    int before = problems.size();
    @Nullable Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = component(mapping, components[i], path);
    }
    return problems.size() == before ? construct(mapping, type, values, path) : Optional.empty();
  }

  private <R extends Record> Optional<R> construct(
      Mapping mapping, Class<R> type, @Nullable Object[] values, String path) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return Optional.of(type.getDeclaredConstructor(types).newInstance(values));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException wrong) {
        problem(mapping, path + wrong.getMessage());
        return Optional.empty();
      }
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a recipe's record must have a visible constructor", e);
    }
  }

  private @Nullable Object component(Mapping mapping, RecordComponent component, String path) {
    String name = path + key(component);
    Key key = component.getAnnotation(Key.class);
    RecipeNode node = mapping.entries().get(key(component));
    boolean missing = node == null || (node instanceof Scalar scalar && scalar.isNull());
    Type type = component.getGenericType();
    if (RecipeKeys.isSection(component.getType())) {
      return section(mapping, missing ? null : node, component.getType(), name);
    }
    if (component.getType() == Optional.class) {
      return missing || node == null
          ? Optional.empty()
          : Optional.ofNullable(value(node, argument(type), key, name));
    }
    if (component.getType() == List.class) {
      return missing || node == null ? List.of() : list(node, argument(type), key, name);
    }
    if (missing || node == null) {
      if (key.otherwise().isEmpty()) {
        problem(mapping, name + " is missing: " + key.value());
        return null;
      }
      String text = key.otherwise().equals("''") ? "" : key.otherwise();
      return scalar(new Scalar(text, true, mapping.place()), component.getType(), key, name);
    }
    return value(node, component.getType(), key, name);
  }

  private @Nullable Object section(
      Mapping parent, @Nullable RecipeNode node, Class<?> type, String name) {
    return switch (node) {
      case null -> bound(Mapping.empty(parent.place()), type, name + ".");
      case Mapping mapping -> bound(mapping, type, name + ".");
      case Scalar _, Sequence _ -> {
        problem(node, name + " should be a section of keys");
        yield null;
      }
    };
  }

  private @Nullable Object bound(Mapping mapping, Class<?> type, String path) {
    Optional<RecipeVariants> variants = RecipeVariants.of(type);
    return variants.isPresent()
        ? variant(mapping, variants.get(), path)
        : record(mapping, type.asSubclass(Record.class), path).orElse(null);
  }

  /** The record that the deciding key chooses. */
  private @Nullable Object variant(Mapping mapping, RecipeVariants variants, String path) {
    String key = variants.variants().key();
    RecipeNode node = mapping.entries().get(key);
    String name =
        node instanceof Scalar scalar && !scalar.isNull()
            ? scalar.text()
            : variants.variants().otherwise();
    Optional<RecipeVariants.Form> form = variants.form(name);
    if (form.isEmpty() || !(node == null || node instanceof Scalar)) {
      List<String> names = variants.names();
      problem(
          node == null ? mapping : node,
          "%s%s should be one of %s, found '%s'%s"
              .formatted(path, key, String.join(", ", names), name, Names.didYouMean(name, names)));
      return null;
    }
    return record(form.get().keeps(key) ? mapping : mapping.without(key), form.get().type(), path)
        .orElse(null);
  }

  private static Class<?> argument(Type type) {
    return (Class<?>) ((ParameterizedType) type).getActualTypeArguments()[0];
  }

  /** A list; one value alone stands for a list of one. */
  private List<Object> list(RecipeNode node, Class<?> type, Key key, String name) {
    List<RecipeNode> items =
        switch (node) {
          case Sequence sequence -> sequence.items();
          case Scalar _, Mapping _ -> List.of(node);
        };
    List<Object> values = new ArrayList<>();
    for (RecipeNode item : items) {
      Object value = value(item, type, key, name);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  private @Nullable Object value(RecipeNode node, Class<?> type, Key key, String name) {
    return switch (node) {
      case Scalar scalar -> scalar(scalar, type, key, name);
      case Sequence _, Mapping _ -> {
        problem(node, "%s should be %s".formatted(name, RecipeKeys.typeName(type)));
        yield null;
      }
    };
  }

  private @Nullable Object scalar(Scalar scalar, Class<?> type, Key key, String name) {
    String text = scalar.text();
    Object value = parse(text, type);
    if (value == null) {
      String hint = type.isEnum() ? Names.didYouMean(text, RecipeKeys.constants(type)) : "";
      problem(
          scalar,
          "%s should be %s, found '%s'%s".formatted(name, RecipeKeys.typeName(type), text, hint));
      return null;
    }
    if (value instanceof Number number) {
      double d = number.doubleValue();
      if (!(d >= key.least() && d <= key.most())) {
        problem(
            scalar, "%s should be %s, found %s".formatted(name, RecipeKeys.range(key, type), text));
        return null;
      }
    }
    return value;
  }

  private static @Nullable Object parse(String text, Class<?> type) {
    try {
      if (type == String.class) {
        return text;
      } else if (type == int.class || type == Integer.class) {
        return Integer.valueOf(text.replace("_", ""));
      } else if (type == long.class || type == Long.class) {
        return Long.valueOf(text.replace("_", ""));
      } else if (type == double.class || type == Double.class) {
        double value = Double.parseDouble(text.replace("_", ""));
        return Double.isFinite(value) && !text.matches(".*[dDfF]$") ? value : null;
      } else if (type == boolean.class || type == Boolean.class) {
        return text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null;
      } else if (type.isEnum()) {
        int index = RecipeKeys.constants(type).indexOf(text);
        return index < 0 ? null : type.getEnumConstants()[index];
      }
    } catch (NumberFormatException e) {
      return null;
    }
    throw new IllegalStateException("recipes know no keys of " + type);
  }

  private void problem(RecipeNode node, String what) {
    problems.add(node.place() + ": " + what);
  }
}
