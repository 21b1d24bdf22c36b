package dev.myna.cli;

import dev.myna.text.Encoding;
import dev.myna.text.OffsetUnit;
import dev.myna.text.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what becomes of a text, token by token. */
@Command(
    name = "inspect",
    description = "Show a text's tokens in colours, with ids, places and bytes.",
    footer = "  myna tokenizer inspect runs/demo \"Wherefore art thou?\" --path")
final class TokenizerInspect extends Work {
  private static final int[] COLOURS = {45, 42, 43, 46, 44};

  @Parameters(
      index = "0",
      paramLabel = "TOKENIZER",
      description = "A tokenizer.json, a folder that holds one, or the folder of a run.")
  Path tokenizer = Path.of("");

  @Parameters(index = "1", paramLabel = "TEXT", description = "The text to look at.")
  String text = "";

  @Option(
      names = "--path",
      description =
          "Also show how the model gets there: merge by merge, or the tokens to choose from.")
  boolean path;

  @Override
  int run(Output out, Figures figures) {
    Tokenizer loaded = TokenizerCommand.load(tokenizer);
    Encoding encoding = loaded.encode(text);
    int[] starts = encoding.starts(OffsetUnit.UTF16);
    int[] ends = encoding.ends(OffsetUnit.UTF16);
    List<List<String>> rows = new ArrayList<>();
    List<Map<String, Object>> list = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < encoding.size(); i++) {
      String part = text.substring(starts[i], ends[i]);
      String bytes = HexFormat.ofDelimiter(" ").formatHex(part.getBytes(StandardCharsets.UTF_8));
      String token = encoding.tokens().get(i);
      int id = encoding.ids()[i];
      line.append(painted(part, i, out.terminal().colours()));
      rows.add(
          List.of(Integer.toString(id), token, visible(part), starts[i] + "–" + ends[i], bytes));
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("id", id);
      map.put("token", token);
      map.put("text", part);
      map.put("start", starts[i]);
      map.put("end", ends[i]);
      list.add(map);
    }
    out.line("%s\n", line);
    out.table(List.of("id", "token", "text", "place", "bytes"), rows);
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    out.line("\n%d tokens for %d bytes: %s", encoding.size(), bytes, loaded);
    if (path) {
      TokenPaths paths = TokenPaths.of(loaded, text);
      paths.lines().forEach(out::line);
      figures.put("paths", paths.figures());
    }
    figures.put("tokens", list);
    figures.put("token_count", encoding.size());
    figures.put("bytes", bytes);
    return Myna.DONE;
  }

  private static String painted(String part, int index, boolean colours) {
    return colours
        ? "\u001b[30;%dm%s\u001b[0m".formatted(COLOURS[index % COLOURS.length], part)
        : (index == 0 ? "" : "|") + part;
  }

  /** Line breaks and other invisible characters as they are written in Java. */
  private static String visible(String part) {
    StringBuilder text = new StringBuilder();
    part.codePoints()
        .forEach(
            c -> {
              if (c == '\n') {
                text.append("\\n");
              } else if (c == '\t') {
                text.append("\\t");
              } else if (Character.isISOControl(c)) {
                text.append(String.format("\\u%04x", c));
              } else {
                text.appendCodePoint(c);
              }
            });
    return "'" + text + "'";
  }
}
