package dev.myna.cli;

import dev.myna.MynaException;
import dev.myna.text.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ids to text. */
@Command(
    name = "decode",
    description = "Turn token ids back into text.",
    footer = "  myna tokenizer decode runs/demo 52 79 68 76 79")
final class TokenizerDecode extends Work {
  @Parameters(
      index = "0",
      paramLabel = "TOKENIZER",
      description = "A tokenizer.json, a folder that holds one, or the folder of a run.")
  Path tokenizer = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "ID",
      description = "Ids, apart by spaces or commas; standard input if there are none.")
  List<String> ids = new ArrayList<>();

  @Option(names = "--keep-special-tokens", description = "Write special tokens out.")
  boolean keep;

  @Override
  int run(Output out, Figures figures) {
    Tokenizer loaded = TokenizerCommand.load(tokenizer);
    String all = ids.isEmpty() ? TokenizerCommand.text(Path.of("-")) : String.join(" ", ids);
    String[] numbers = all.strip().split("[\\s,\\[\\]]+");
    List<Integer> read = new ArrayList<>();
    for (String number : numbers) {
      if (!number.isEmpty()) {
        read.add(id(number));
      }
    }
    String text = loaded.decode(read.stream().mapToInt(Integer::intValue).toArray(), !keep);
    out.line(text);
    figures.put("text", text);
    return Myna.DONE;
  }

  private static int id(String number) {
    try {
      return Integer.parseInt(number);
    } catch (NumberFormatException e) {
      throw new MynaException("an id should be a whole number, found '" + number + "'", e);
    }
  }
}
