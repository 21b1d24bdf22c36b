package dev.myna.cli;

import dev.myna.text.parity.TokenizerParity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How folders of tokenizers agree with the reference library, for {@link ParityCommand}. */
final class TokenizerParityTable {
  private final List<TokenizerParity> results;

  TokenizerParityTable(List<TokenizerParity> results) {
    this.results = results;
  }

  boolean equal() {
    return results.stream().allMatch(TokenizerParity::equal);
  }

  /** A row a folder: of how many texts how many are equal, respect by respect. */
  void print(Output out) {
    if (results.isEmpty()) {
      return;
    }
    Set<String> respects = new LinkedHashSet<>();
    results.forEach(result -> respects.addAll(result.compared().keySet()));
    List<String> head = new ArrayList<>(List.of("folder", "model"));
    head.addAll(respects);
    head.add("result");
    List<List<String>> rows = new ArrayList<>();
    for (TokenizerParity result : results) {
      List<String> row = new ArrayList<>(List.of(result.folder().toString(), result.model()));
      respects.forEach(respect -> row.add(share(result, respect)));
      row.add(result.equal() ? "ok" : "OFF");
      rows.add(row);
    }
    out.table(head, rows);
    for (TokenizerParity result : results) {
      result.first().values().forEach(first -> out.line(result.folder() + ": " + first));
    }
  }

  private static String share(TokenizerParity result, String respect) {
    int compared = result.compared().getOrDefault(respect, 0);
    int different = result.different().getOrDefault(respect, 0);
    return compared == 0 ? "-" : (compared - different) + " of " + compared;
  }

  List<Map<String, Object>> figures() {
    List<Map<String, Object>> list = new ArrayList<>();
    for (TokenizerParity result : results) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("folder", result.folder().toString());
      map.put("model", result.model());
      map.put("compared", result.compared());
      map.put("different", result.different());
      map.put("first_differences", result.first());
      map.put("equal", result.equal());
      list.add(map);
    }
    return list;
  }
}
