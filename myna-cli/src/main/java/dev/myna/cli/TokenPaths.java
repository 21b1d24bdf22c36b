package dev.myna.cli;

import dev.myna.text.Tokenizer;
import dev.myna.text.model.Bpe;
import dev.myna.text.model.Lattice;
import dev.myna.text.model.MergePath;
import dev.myna.text.model.Unigram;
import dev.myna.text.model.WordLevel;
import dev.myna.text.model.WordPiece;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How a tokenizer's model comes to the tokens of each piece of a text. */
final class TokenPaths {
  private final Tokenizer tokenizer;
  private final List<String> lines = new ArrayList<>();
  private final List<Map<String, Object>> figures = new ArrayList<>();

  private TokenPaths(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  static TokenPaths of(Tokenizer tokenizer, String text) {
    TokenPaths paths = new TokenPaths(tokenizer);
    tokenizer.pieces(text).forEach(paths::add);
    return paths;
  }

  List<String> lines() {
    return lines;
  }

  List<Map<String, Object>> figures() {
    return figures;
  }

  private void add(String piece) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("piece", piece);
    figures.add(map);
    lines.add("");
    lines.add(piece);
    switch (tokenizer.model()) {
      case Bpe bpe -> merges(MergePath.of(bpe, piece), map);
      case Unigram unigram -> lattice(Lattice.of(unigram, piece), map);
      case WordPiece pieces -> lines.add("  the longest tokens that begin what is left");
      case WordLevel words ->
          lines.add(words.vocabulary().id(piece) < 0 ? "  unknown" : "  one token");
    }
  }

  private void merges(MergePath path, Map<String, Object> map) {
    List<List<String>> rows = new ArrayList<>();
    List<Map<String, Object>> steps = new ArrayList<>();
    rows.add(List.of("", "", String.join(" ", path.start())));
    for (MergePath.Step step : path.steps()) {
      String merge = step.merge().left() + " + " + step.merge().right();
      rows.add(List.of("#" + step.rank(), merge, String.join(" ", step.tokens())));
      Map<String, Object> figure = new LinkedHashMap<>();
      figure.put("rank", step.rank());
      figure.put("merge", List.of(step.merge().left(), step.merge().right()));
      figure.put("tokens", step.tokens());
      steps.add(figure);
    }
    map.put("merges", steps);
    table(List.of("rank", "merge", "tokens"), rows);
  }

  private void lattice(Lattice lattice, Map<String, Object> map) {
    List<List<String>> rows = new ArrayList<>();
    List<Map<String, Object>> edges = new ArrayList<>();
    for (Lattice.Edge edge : lattice.edges()) {
      String score = String.format(Locale.ROOT, "%.2f", edge.score());
      rows.add(
          List.of(
              edge.best() ? "*" : "",
              edge.from() + "–" + edge.to(),
              edge.token(),
              edge.known() ? score : score + " unknown"));
      Map<String, Object> figure = new LinkedHashMap<>();
      figure.put("from", edge.from());
      figure.put("to", edge.to());
      figure.put("token", edge.token());
      figure.put("score", edge.score());
      figure.put("best", edge.best());
      edges.add(figure);
    }
    map.put("lattice", edges);
    map.put("score", lattice.score());
    table(List.of("best", "place", "token", "log probability"), rows);
    lines.add("  best path: %.2f".formatted(lattice.score()));
  }

  private void table(List<String> head, List<List<String>> rows) {
    Columns.of(head, rows).lines().forEach(line -> lines.add("  " + line));
  }
}
