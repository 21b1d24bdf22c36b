package dev.myna.text.train;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The vocabulary while it is learned: tokens in the order of their ids. */
final class SymbolTable {
  private final Map<String, Integer> ids = new HashMap<>();
  private final List<String> tokens = new ArrayList<>();

  /** Id of {@code token}, a new one where it is not yet known. */
  @CanIgnoreReturnValue
  int idOf(String token) {
    Integer known = ids.get(token);
    if (known != null) {
      return known;
    }
    int id = tokens.size();
    ids.put(token, id);
    tokens.add(token);
    return id;
  }

  boolean contains(String token) {
    return ids.containsKey(token);
  }

  String token(int id) {
    return tokens.get(id);
  }

  int size() {
    return tokens.size();
  }

  List<String> tokens() {
    return List.copyOf(tokens);
  }
}
