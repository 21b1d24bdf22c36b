package dev.myna.train;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Writes records back as the YAML that they could have been read from. */
final class RecipeWriter {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
          .disable(YAMLWriteFeature.SPLIT_LINES)
          .build();

  private RecipeWriter() {}

  static String yaml(Record recipe) {
    return YAML.writeValueAsString(map(recipe));
  }

  private static Map<String, Object> map(Record value) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Class<?> above : value.getClass().getInterfaces()) {
      RecipeVariants.of(above)
          .ifPresent(
              variants ->
                  RecipeVariants.name(value.getClass())
                      .ifPresent(name -> map.put(variants.variants().key(), name)));
    }
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      Object part = read(value, component);
      if (!(part instanceof Optional<?> optional && optional.isEmpty())) {
        map.put(RecipeBinder.key(component), plain(part));
      }
    }
    return map;
  }

  private static Object plain(Object value) {
    return switch (value) {
      case Record section -> map(section);
      case Optional<?> optional -> plain(optional.orElseThrow());
      case List<?> list -> list.stream().map(RecipeWriter::plain).toList();
      case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
      default -> value;
    };
  }

  private static Object read(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a recipe's record must have visible components", e);
    }
  }
}
