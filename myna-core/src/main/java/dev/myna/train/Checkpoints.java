package dev.myna.train;

import dev.myna.WholeFile;
import dev.myna.tensor.CheckpointException;
import dev.myna.tensor.Safetensors;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The checkpoints of a run: Hugging Face folders with a {@code training/} sub-folder.
 *
 * <p>{@code last} is the newest, {@code previous} the one before it, {@code best} the one that was
 * best on held-out data. A folder is written aside and then renamed, so that each of them is whole;
 * {@code training/checksums.json} holds the checksum of every file in it.
 */
public final class Checkpoints {
  /** Whatever else a checkpoint carries: the tokenizer, the recipe. */
  public interface Extras extends Consumer<Path> {}

  /** The recipe that a checkpoint was trained by, within its folder. */
  static final String RECIPE = "training/recipe.yaml";

  private static final String CHECKSUMS = "training/checksums.json";
  private static final String STATE = "training/state.safetensors";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path folder;
  private final Extras extras;

  /**
   * @param folder of the run
   * @param extras writes further files into the folder of a checkpoint
   */
  public Checkpoints(Path folder, Extras extras) {
    this.folder = folder;
    this.extras = extras;
  }

  /** The newest whole checkpoint of a run, or the one before where there is no newest. */
  public static Optional<Path> last(Path run) {
    return Stream.of("last", "previous")
        .map(run::resolve)
        .filter(f -> Files.exists(f.resolve(CHECKSUMS)))
        .findFirst();
  }

  /** The best checkpoint of a run, or else the last; the folder itself where it holds a model. */
  public static Path model(Path run) {
    if (Files.exists(run.resolve("config.json"))) {
      return run;
    }
    Path best = run.resolve("best");
    return Files.exists(best.resolve(CHECKSUMS)) ? best : last(run).orElse(run);
  }

  /**
   * The model that a key of a recipe names.
   *
   * @param remedy what to do where there is none, in words
   * @throws RecipeException if there is none
   */
  static Path named(String key, String folder, String remedy) {
    Path model = model(Path.of(folder));
    if (!Files.exists(model.resolve("config.json"))) {
      throw new RecipeException(
          "%s names the folder of a model, and %s holds none: %s".formatted(key, folder, remedy));
    }
    return model;
  }

  /** The recipe of a model that one trained; empty where the folder is of another origin. */
  static Optional<Recipe> recipe(Path model) {
    Path file = model.resolve(RECIPE);
    return Files.exists(file) ? Optional.of(Recipe.read(file, List.of())) : Optional.empty();
  }

  /**
   * Saves the model with all that is needed to go on.
   *
   * @param model writes it into a folder
   * @param state tensors of the optimizer, random numbers, progress
   */
  public Path saveLast(Consumer<Path> model, Map<String, Tensor> state) {
    Path last = folder.resolve("last");
    Path previous = folder.resolve("previous");
    Path aside = write("last", model, state);
    try {
      if (Files.exists(last)) {
        delete(previous);
        Files.move(last, previous);
      }
      Files.move(aside, last);
    } catch (IOException e) {
      throw failed(last, e);
    }
    return last;
  }

  /**
   * Saves the model alone, in place of the best so far.
   *
   * @param model writes it into a folder
   */
  public Path saveBest(Consumer<Path> model) {
    Path best = folder.resolve("best");
    Path aside = write("best", model, Map.of());
    try {
      delete(best);
      Files.move(aside, best);
    } catch (IOException e) {
      throw failed(best, e);
    }
    return best;
  }

  private Path write(String name, Consumer<Path> model, Map<String, Tensor> state) {
    Path aside = folder.resolve("." + name + ".part");
    try {
      delete(aside);
      Files.createDirectories(aside.resolve("training"));
      model.accept(aside);
      if (!state.isEmpty()) {
        Safetensors.write(aside.resolve(STATE), state, Map.of());
      }
      extras.accept(aside);
      WholeFile.text(
          aside.resolve(CHECKSUMS),
          JSON.writerWithDefaultPrettyPrinter().writeValueAsString(checksums(aside)));
      return aside;
    } catch (IOException e) {
      throw failed(aside, e);
    } catch (RuntimeException e) {
      try {
        delete(aside);
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  private static TrainingException failed(Path path, IOException e) {
    return new TrainingException(
        "the checkpoint %s could not be written: %s; the ones before are unchanged"
            .formatted(path, e.getMessage()),
        e);
  }

  /**
   * Checks every file of a checkpoint against its checksum.
   *
   * @throws CheckpointException that names the damaged files, and says from where to go on
   */
  public static void verify(Path checkpoint) {
    Path list = checkpoint.resolve(CHECKSUMS);
    List<String> damaged = new ArrayList<>();
    try {
      Map<String, String> wanted =
          JSON.readValue(Files.readAllBytes(list), new TypeReference<Map<String, String>>() {});
      Map<String, String> found = checksums(checkpoint);
      wanted.forEach(
          (file, sum) -> {
            if (!sum.equals(found.get(file))) {
              damaged.add(checkpoint.resolve(file) + (found.containsKey(file) ? "" : " (missing)"));
            }
          });
    } catch (IOException | JacksonException e) {
      damaged.add(list.toString());
    }
    if (!damaged.isEmpty()) {
      Path previous = checkpoint.resolveSibling("previous");
      throw new CheckpointException(
          "the checkpoint is damaged: %s%s"
              .formatted(
                  String.join(", ", damaged),
                  Files.exists(previous) && !previous.equals(checkpoint)
                      ? "; delete %s to go on from %s".formatted(checkpoint, previous)
                      : "; start anew"));
    }
  }

  /** The state that {@link #saveLast} was given, as copies that outlive every scope. */
  public static Map<String, Tensor> state(Path checkpoint) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    try (Scope scope = Scope.open();
        Safetensors file = Safetensors.open(checkpoint.resolve(STATE))) {
      for (String name : file.names()) {
        state.put(name, file.tensor(name).copy().outliveScopes());
      }
    }
    return state;
  }

  private static Map<String, String> checksums(Path folder) throws IOException {
    Map<String, String> sums = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        if (!name.equals(CHECKSUMS)) {
          sums.put(name, checksum(file));
        }
      }
    }
    return sums;
  }

  private static String checksum(Path file) throws IOException {
    CRC32C crc = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    try (FileChannel channel = FileChannel.open(file)) {
      while (channel.read(buffer.clear()) >= 0) {
        crc.update(buffer.flip());
      }
    }
    return Long.toHexString(crc.getValue());
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
