package dev.myna.train;

import dev.myna.JsonReason;
import dev.myna.train.RecipeNode.Mapping;
import dev.myna.train.RecipeNode.Scalar;
import dev.myna.train.RecipeNode.Sequence;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;

/** Reads a recipe's YAML into {@linkplain RecipeNode nodes} that know their lines. */
final class RecipeReader {
  private static final int LARGEST = 1 << 20;
  private static final YAMLFactory YAML = new YAMLFactory();

  private final String name;
  private final Mapping root;

  private RecipeReader(String name, Mapping root) {
    this.name = name;
    this.root = root;
  }

  static RecipeReader of(Path file) {
    String text;
    try {
      if (Files.isDirectory(file)) {
        throw new RecipeException("a recipe is a YAML file, but %s is a folder".formatted(file));
      }
      if (Files.size(file) > LARGEST) {
        throw new RecipeException(
            "%s is %d bytes long, too long for a recipe".formatted(file, Files.size(file)));
      }
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new RecipeException("there is no recipe " + file, e);
    } catch (CharacterCodingException e) {
      throw new RecipeException(file + " is no recipe: it is not UTF-8 text", e);
    } catch (IOException e) {
      throw new RecipeException("cannot read the recipe %s: %s".formatted(file, e.getMessage()), e);
    }
    return of(file.toString(), text);
  }

  static RecipeReader of(String name, String yaml) {
    try {
      return switch (node(yaml, line -> "%s, line %d".formatted(name, line))) {
        case Mapping mapping -> new RecipeReader(name, mapping);
        case Scalar scalar when scalar.isNull() ->
            new RecipeReader(name, Mapping.empty(name + ", line 1"));
        case Scalar _, Sequence _ ->
            throw new RecipeException(name + " is no recipe: it should hold lines of 'key: value'");
      };
    } catch (JacksonException e) {
      throw new RecipeException("%s is not YAML: %s".formatted(name, JsonReason.of(e)), e);
    }
  }

  /** Puts {@code key=value} in the place of what the file says. */
  void set(String override) {
    int equals = override.indexOf('=');
    String place = "--set " + override;
    if (equals <= 0) {
      throw new RecipeException(
          "%s should be key=value, for instance train.steps=500".formatted(place));
    }
    RecipeNode value;
    try {
      value = node(override.substring(equals + 1), line -> place);
    } catch (JacksonException e) {
      throw new RecipeException("%s has no YAML value: %s".formatted(place, JsonReason.of(e)), e);
    }
    if (value instanceof Scalar scalar && scalar.isNull()) {
      throw new RecipeException(
          "%s gives no value; write key=value, or leave it out".formatted(place));
    }
    Mapping at = root;
    String[] path = override.substring(0, equals).strip().split("\\.", -1);
    for (int i = 0; i < path.length - 1; i++) {
      RecipeNode next = at.entries().get(path[i]);
      if (!(next instanceof Mapping)) {
        next = Mapping.empty(place);
        at.entries().put(path[i], next);
      }
      at = (Mapping) next;
    }
    at.entries().put(path[path.length - 1], value);
  }

  /** Every key that has a value of its own, by its whole path; a sequence is one value. */
  Map<String, String> leaves() {
    Map<String, String> leaves = new LinkedHashMap<>();
    leaves("", root, leaves);
    return leaves;
  }

  private static void leaves(String path, Mapping mapping, Map<String, String> leaves) {
    mapping
        .entries()
        .forEach(
            (key, node) -> {
              switch (node) {
                case Mapping inner -> leaves(path + key + ".", inner, leaves);
                case Sequence _, Scalar _ -> leaves.put(path + key, words(node));
              }
            });
  }

  private static String words(RecipeNode node) {
    return switch (node) {
      case Scalar scalar -> scalar.isNull() ? "nothing" : scalar.text();
      case Sequence sequence ->
          sequence.items().stream().map(RecipeReader::words).toList().toString();
      case Mapping mapping -> {
        Map<String, String> leaves = new LinkedHashMap<>();
        leaves("", mapping, leaves);
        yield leaves.toString();
      }
    };
  }

  <R extends Record> R bind(Class<R> type) {
    return RecipeBinder.bind(name, root, type);
  }

  private static RecipeNode node(String yaml, IntFunction<String> place) {
    try (JsonParser parser = YAML.createParser(ObjectReadContext.empty(), yaml)) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        return new Scalar("", false, place.apply(1));
      }
      RecipeNode node = value(parser, token, place);
      if (parser.nextToken() != null) {
        throw new RecipeException(
            place.apply(parser.currentTokenLocation().getLineNr())
                + ": another YAML document begins here; a recipe is one");
      }
      return node;
    }
  }

  private static RecipeNode value(JsonParser parser, JsonToken token, IntFunction<String> place) {
    String here = place.apply(parser.currentTokenLocation().getLineNr());
    return switch (token) {
      case START_OBJECT -> mapping(parser, here, place);
      case START_ARRAY -> {
        List<RecipeNode> items = new ArrayList<>();
        for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
          items.add(value(parser, t, place));
        }
        yield new Sequence(items, here);
      }
      case VALUE_NULL -> new Scalar("", false, here);
      case VALUE_STRING -> new Scalar(parser.getString(), true, here);
      default -> new Scalar(parser.getString(), false, here);
    };
  }

  private static Mapping mapping(JsonParser parser, String here, IntFunction<String> place) {
    Mapping mapping = Mapping.empty(here);
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_OBJECT; t = parser.nextToken()) {
      String key = parser.currentName();
      String line = place.apply(parser.currentTokenLocation().getLineNr());
      RecipeNode value = value(parser, parser.nextToken(), place);
      if (mapping.entries().putIfAbsent(key, value) != null) {
        throw new RecipeException("%s: %s is given twice".formatted(line, key));
      }
    }
    return mapping;
  }
}
