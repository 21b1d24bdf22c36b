package dev.myna.tensor;

import dev.myna.JsonReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tensors of a Hugging Face folder: {@code model.safetensors}, or several files with a {@code
 * model.safetensors.index.json} that says which tensor lies where.
 */
public final class Weights implements AutoCloseable {
  private static final String FILE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Map<String, Safetensors> byTensor;
  private final List<Safetensors> files;

  private Weights(Map<String, Safetensors> byTensor, List<Safetensors> files) {
    this.byTensor = byTensor;
    this.files = files;
  }

  /**
   * Maps the files of a folder.
   *
   * @throws CheckpointException if there are none, or one of them is damaged
   */
  public static Weights open(Path folder) {
    if (Files.isRegularFile(folder.resolve(FILE))) {
      return ofFiles(List.of(folder.resolve(FILE)));
    }
    Path index = folder.resolve(INDEX);
    if (Files.isRegularFile(index)) {
      return ofFiles(shards(folder, index));
    }
    throw new CheckpointException(
        "%s has no %s%s"
            .formatted(
                folder,
                FILE,
                Files.isDirectory(folder) ? pickled(folder) : ": there is no such folder"));
  }

  private static String pickled(Path folder) {
    for (String name : List.of("pytorch_model.bin", "model.pt", "consolidated.00.pth")) {
      if (Files.exists(folder.resolve(name))) {
        return "; %s is a Python pickle, which can run code and is not read: open it in Python and call save_pretrained(folder, safe_serialization=True)"
            .formatted(name);
      }
    }
    return "; a model folder holds config.json and " + FILE;
  }

  private static List<Path> shards(Path folder, Path index) {
    try {
      JsonNode map = JSON.readTree(Files.readAllBytes(index)).path("weight_map");
      List<Path> shards =
          map.properties().stream()
              .map(e -> folder.resolve(e.getValue().asString("")))
              .distinct()
              .toList();
      if (shards.isEmpty()) {
        throw new CheckpointException(index + " has no weight_map");
      }
      for (Path shard : shards) {
        if (!folder.normalize().equals(shard.normalize().getParent())) {
          throw new CheckpointException(
              "%s names %s, which is not a file beside it".formatted(index, shard));
        }
      }
      return shards;
    } catch (IOException | JacksonException e) {
      throw new CheckpointException(
          "%s could not be read: %s"
              .formatted(
                  index, e instanceof JacksonException json ? JsonReason.of(json) : e.getMessage()),
          e);
    }
  }

  private static Weights ofFiles(List<Path> paths) {
    List<Safetensors> files = new ArrayList<>();
    try {
      Map<String, Safetensors> byTensor = new LinkedHashMap<>();
      for (Path path : paths) {
        Safetensors file = Safetensors.open(path);
        files.add(file);
        file.names().forEach(name -> byTensor.put(name, file));
      }
      return new Weights(byTensor, files);
    } catch (RuntimeException e) {
      files.forEach(Safetensors::close);
      throw e;
    }
  }

  /** Names of all tensors. */
  public Set<String> names() {
    return byTensor.keySet();
  }

  public long[] shape(String name) {
    return file(name).shape(name);
  }

  public DType dtype(String name) {
    return file(name).dtype(name);
  }

  /** A tensor over a mapped file: valid while this is open, not to be changed. */
  public Tensor tensor(String name) {
    return file(name).tensor(name);
  }

  /**
   * Copies all tensors into parameters of the same names.
   *
   * @param said where it stands what there must be, for the message
   * @throws CheckpointException that names every tensor that is missing, unexpected or of another
   *     shape
   */
  public void into(Map<String, Tensor> parameters, Path said) {
    Set<String> unexpected = new TreeSet<>(names());
    unexpected.removeAll(parameters.keySet());
    Set<String> missing = new TreeSet<>(parameters.keySet());
    missing.removeAll(names());
    List<String> misshaped =
        parameters.entrySet().stream()
            .filter(parameter -> byTensor.containsKey(parameter.getKey()))
            .filter(parameter -> !fits(parameter.getKey(), parameter.getValue()))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    if (!(unexpected.isEmpty() && missing.isEmpty() && misshaped.isEmpty())) {
      throw new CheckpointException(
          "the weights beside %s do not fit it: missing %s, unexpected %s, of wrong shape or kind %s; check that both belong together"
              .formatted(said, missing, unexpected, misshaped));
    }
    try (Gradients off = Gradients.off()) {
      parameters.forEach((name, parameter) -> parameter.copy_(tensor(name)));
    }
  }

  private boolean fits(String name, Tensor parameter) {
    return dtype(name).floating() && Arrays.equals(shape(name), parameter.shape());
  }

  private Safetensors file(String name) {
    Safetensors file = byTensor.get(name);
    if (file == null) {
      throw new CheckpointException("no tensor %s; there are %s".formatted(name, names()));
    }
    return file;
  }

  @Override
  public void close() {
    files.forEach(Safetensors::close);
  }

  /**
   * Writes tensors into a folder, in one file, or in several with an index where they take more
   * than {@code shardBytes} together.
   */
  public static void write(Path folder, Map<String, Tensor> tensors, long shardBytes) {
    List<Map<String, Tensor>> shards = new ArrayList<>();
    long room = 0;
    long total = 0;
    for (Map.Entry<String, Tensor> entry : new TreeMap<>(tensors).entrySet()) {
      long bytes = entry.getValue().numel() * entry.getValue().dtype().bytes();
      if (shards.isEmpty() || bytes > room) {
        shards.add(new LinkedHashMap<>());
        room = shardBytes;
      }
      shards.getLast().put(entry.getKey(), entry.getValue());
      room -= bytes;
      total += bytes;
    }
    if (shards.size() <= 1) {
      Safetensors.write(folder.resolve(FILE), tensors, Map.of());
      return;
    }
    Map<String, String> weightMap = new TreeMap<>();
    for (int i = 0; i < shards.size(); i++) {
      String name = "model-%05d-of-%05d.safetensors".formatted(i + 1, shards.size());
      Safetensors.write(folder.resolve(name), shards.get(i), Map.of());
      shards.get(i).keySet().forEach(tensor -> weightMap.put(tensor, name));
    }
    Map<String, Object> index = new LinkedHashMap<>();
    index.put("metadata", Map.of("total_size", total));
    index.put("weight_map", weightMap);
    dev.myna.WholeFile.text(
        folder.resolve(INDEX), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(index));
  }
}
