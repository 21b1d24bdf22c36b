package dev.myna.text.chat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a template gives to a function.
 *
 * @param values by place
 * @param named by name
 */
record Given(List<@Nullable Object> values, Map<String, @Nullable Object> named) {
  /** The value at {@code index}, null where there is none. */
  @Nullable Object at(int index) {
    return index < values.size() ? values.get(index) : null;
  }

  /** The value called {@code name}, or else the one at {@code index}. */
  @Nullable Object at(int index, String name) {
    return named.containsKey(name) ? named.get(name) : at(index);
  }
}
