package dev.myna.text.chat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variable {@code loop} inside a loop. */
final class LoopState {
  /** Key of what a recursive loop calls; no template can name it. */
  static final String CALL = "(call)";

  private LoopState() {}

  /** Sets the attributes for the item at {@code index}. */
  static void fill(
      Map<String, @Nullable Object> state,
      List<@Nullable Object> items,
      int index,
      int depth,
      List<@Nullable Object> changed) {
    long size = items.size();
    state.put("index", index + 1L);
    state.put("index0", (long) index);
    state.put("revindex", size - index);
    state.put("revindex0", size - index - 1);
    state.put("first", index == 0);
    state.put("last", index == size - 1);
    state.put("length", size);
    state.put("depth", depth + 1L);
    state.put("depth0", (long) depth);
    state.put("previtem", index > 0 ? items.get(index - 1) : new Undefined("'previtem'"));
    state.put("nextitem", index < size - 1 ? items.get(index + 1) : new Undefined("'nextitem'"));
    Callable cycle = given -> given.at(index % Math.max(1, given.values().size()));
    state.put("cycle", cycle);
    Callable change =
        given -> {
          boolean same = Values.equal(changed, given.values());
          changed.clear();
          changed.addAll(given.values());
          return !same;
        };
    state.put("changed", change);
  }
}
