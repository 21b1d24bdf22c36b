package dev.myna.cli;

import dev.myna.text.Encoding;
import dev.myna.text.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Text to ids. */
@Command(
    name = "encode",
    description = "Turn text into token ids.",
    footer = "  myna tokenizer encode runs/demo \"To be, or not to be\"")
final class TokenizerEncode extends Work {
  @Parameters(
      index = "0",
      paramLabel = "TOKENIZER",
      description = "A tokenizer.json, a folder that holds one, or the folder of a run.")
  Path tokenizer = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "TEXT",
      description = "Texts; standard input if there is none.")
  List<String> texts = new ArrayList<>();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "A file whose whole text is encoded.")
  @Nullable Path file;

  @Option(
      names = "--no-special-tokens",
      description = "Leave out the special tokens that the tokenizer puts around a text.")
  boolean plain;

  @Option(names = "--tokens", description = "Print tokens instead of ids.")
  boolean tokens;

  @Override
  int run(Output out, Figures figures) {
    Tokenizer loaded = TokenizerCommand.load(tokenizer);
    List<String> all = new ArrayList<>(texts);
    if (file != null) {
      all.add(TokenizerCommand.text(file));
    } else if (all.isEmpty()) {
      all.add(TokenizerCommand.text(Path.of("-")));
    }
    List<List<Integer>> ids = new ArrayList<>();
    List<List<String>> names = new ArrayList<>();
    for (String text : all) {
      Encoding encoding = loaded.encode(text, !plain);
      ids.add(Arrays.stream(encoding.ids()).boxed().toList());
      names.add(encoding.tokens());
      out.line(
          tokens
              ? String.join(" ", encoding.tokens())
              : Arrays.stream(encoding.ids())
                  .mapToObj(Integer::toString)
                  .collect(Collectors.joining(" ")));
    }
    figures.put("ids", ids);
    figures.put("tokens", names);
    figures.put("token_count", ids.stream().mapToLong(List::size).sum());
    return Myna.DONE;
  }
}
