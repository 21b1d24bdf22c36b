package dev.myna.cli;

import dev.myna.MynaException;
import dev.myna.evaluate.Parity;
import dev.myna.text.parity.TokenizerParity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says whether checkpoints and tokenizers give what the library that made them gave. */
@Command(name = "parity", footer = "  myna parity checkpoints/gpt2 checkpoints/llama")
final class ParityCommand extends Work {
  @Parameters(
      arity = "1..*",
      paramLabel = "DIR",
      description =
          "Hugging Face folders with a reference.safetensors beside the model, or a"
              + " reference.json beside the tokenizer.")
  List<Path> folders = new ArrayList<>();

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      defaultValue = "1e-4",
      description = "Largest absolute difference allowed; ${DEFAULT-VALUE} if left out.")
  double tolerance = 1e-4;

  @Override
  int run(Output out, Figures figures) {
    if (!(tolerance >= 0)) {
      throw new MynaException("--tolerance must be at least 0, found " + tolerance);
    }
    if (folders.size() > 1) {
      // A glob over a folder of checkpoints catches the files beside them.
      folders.removeIf(Files::isRegularFile);
    }
    List<Path> models = new ArrayList<>(folders);
    models.removeIf(TokenizerParity::applies);
    Map<String, String> refused = new LinkedHashMap<>();
    TokenizerParityTable tokenizers =
        new TokenizerParityTable(
            compared(
                folders.stream().filter(TokenizerParity::applies).toList(),
                TokenizerParity::of,
                refused));
    List<Parity> results = compared(models, Parity::of, refused);
    Set<String> outputs = new LinkedHashSet<>();
    Set<String> continuations = new LinkedHashSet<>();
    results.forEach(result -> outputs.addAll(result.differences().keySet()));
    results.forEach(result -> continuations.addAll(result.continuations().keySet()));
    List<List<String>> rows = new ArrayList<>();
    List<Map<String, Object>> list = new ArrayList<>();
    for (Parity result : results) {
      List<String> row = new ArrayList<>(List.of(result.folder().toString(), result.family()));
      outputs.forEach(name -> row.add(difference(result.differences().get(name))));
      continuations.forEach(name -> row.add(equal(result.continuations().get(name))));
      row.add(result.within(tolerance) ? "ok" : "OFF");
      rows.add(row);
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("folder", result.folder().toString());
      map.put("family", result.family());
      map.put("differences", result.differences());
      map.put("continuations_equal", result.continuations());
      map.put("within_tolerance", result.within(tolerance));
      list.add(map);
    }
    List<String> head = new ArrayList<>(List.of("folder", "family"));
    head.addAll(outputs);
    head.addAll(continuations);
    head.add("result");
    if (!rows.isEmpty()) {
      out.table(head, rows);
    }
    tokenizers.print(out);
    refused.values().forEach(out::error);
    boolean all =
        refused.isEmpty()
            && tokenizers.equal()
            && results.stream().allMatch(result -> result.within(tolerance));
    figures.put("folders", list);
    figures.put("tokenizers", tokenizers.figures());
    figures.put("refused", refused);
    figures.put("tolerance", tolerance);
    figures.put("within_tolerance", all);
    if (!refused.isEmpty()) {
      return Myna.USER_ERROR;
    }
    return all ? Myna.DONE : Myna.FAULT;
  }

  /**
   * What comes out of those that can be compared: one that cannot does not hide the others.
   *
   * @param refused gets what is wrong with the others, by their folders
   */
  private <T> List<T> compared(
      List<Path> some, Function<Path, T> compare, Map<String, String> refused) {
    List<T> results = new ArrayList<>();
    for (Path folder : some) {
      try {
        results.add(compare.apply(folder));
      } catch (MynaException | IllegalArgumentException | IllegalStateException e) {
        if (folders.size() == 1) {
          throw e;
        }
        String message = String.valueOf(e.getMessage());
        refused.put(
            folder.toString(),
            message.contains(folder.toString()) ? message : folder + ": " + message);
      }
    }
    return results;
  }

  private static String difference(@org.jspecify.annotations.Nullable Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.1e", value);
  }

  private static String equal(@org.jspecify.annotations.Nullable Boolean value) {
    return value == null ? "-" : value ? "equal" : "differs";
  }
}
