package dev.myna.train;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The forms of a section: which records a sealed interface permits, and by which names. */
record RecipeVariants(Class<?> type, Variants variants) {
  /**
   * One form.
   *
   * @param names values of the deciding key that choose it
   */
  record Form(Class<? extends Record> type, List<String> names, String meaning) {
    /** Whether the record keeps the name by which it was chosen. */
    boolean keeps(String key) {
      return Arrays.stream(type.getRecordComponents())
          .anyMatch(component -> RecipeBinder.key(component).equals(key));
    }
  }

  /** The forms of a type of section; empty where it has but one. */
  static Optional<RecipeVariants> of(Class<?> type) {
    Variants variants = type.getAnnotation(Variants.class);
    return variants == null ? Optional.empty() : Optional.of(new RecipeVariants(type, variants));
  }

  List<Form> forms() {
    return Arrays.stream(type.getPermittedSubclasses()).map(RecipeVariants::form).toList();
  }

  private static Form form(Class<?> permitted) {
    Variants.For names = permitted.getAnnotation(Variants.For.class);
    return new Form(permitted.asSubclass(Record.class), List.of(names.value()), names.meaning());
  }

  /** Every value of the deciding key. */
  List<String> names() {
    return forms().stream().flatMap(form -> form.names().stream()).toList();
  }

  Optional<Form> form(String name) {
    return forms().stream().filter(form -> form.names().contains(name)).findFirst();
  }

  /** The name that stands for a record that does not keep its own. */
  static Optional<String> name(Class<?> record) {
    Variants.For names = record.getAnnotation(Variants.For.class);
    return names == null ? Optional.empty() : Optional.of(names.value()[0]);
  }
}
