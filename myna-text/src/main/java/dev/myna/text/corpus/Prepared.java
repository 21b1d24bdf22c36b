package dev.myna.text.corpus;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A folder with the tokens of a corpus, as {@link Preparation} leaves it: shards and {@code
 * preparation.json}, which names them.
 *
 * @param folder where it lies
 * @param key what it was made from: files, tokenizer, split and separator
 * @param tokenizer fingerprint of the tokenizer
 * @param training file names of the shards to learn from
 * @param heldOut file names of the shards to measure on; empty if nothing is held out
 */
public record Prepared(
    Path folder, String key, String tokenizer, List<String> training, List<String> heldOut) {

  static final String MANIFEST = "preparation.json";
  private static final int FORMAT = 1;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public Prepared {
    training = List.copyOf(training);
    heldOut = List.copyOf(heldOut);
  }

  /**
   * Reads the description of a prepared corpus.
   *
   * @throws CorpusException if there is none, or it cannot be understood
   */
  public static Prepared open(Path folder) {
    Path file = folder.resolve(MANIFEST);
    if (!Files.exists(file)) {
      throw new CorpusException(
          "There is no prepared corpus in "
              + folder
              + " (no "
              + MANIFEST
              + "); prepare one there.");
    }
    try {
      JsonNode json = JSON.readTree(Files.readString(file));
      if (json.path("format").asInt(0) != FORMAT) {
        throw broken(file, "its format is not " + FORMAT, null);
      }
      return new Prepared(
          folder,
          string(file, json.path("key")),
          string(file, json.path("tokenizer")),
          names(file, json.path("training")),
          names(file, json.path("held_out")));
    } catch (JacksonException | IOException failed) {
      throw broken(file, String.valueOf(failed.getMessage()), failed);
    }
  }

  private static CorpusException broken(
      Path file, String how, @org.jspecify.annotations.Nullable Throwable cause) {
    return new CorpusException(
        file + " cannot be read: " + how + "; delete it and prepare the corpus again.", cause);
  }

  private static String string(Path file, JsonNode node) {
    if (!node.isString()) {
      throw broken(file, "a name is missing or is no string", null);
    }
    return node.asString();
  }

  private static List<String> names(Path file, JsonNode node) {
    if (!node.isArray()) {
      throw broken(file, "a list of shards is missing", null);
    }
    List<String> names = new ArrayList<>();
    for (JsonNode name : node) {
      String text = string(file, name);
      if (text.contains("/") || text.contains("\\")) {
        throw broken(file, "the shard " + text + " lies outside its folder", null);
      }
      names.add(text);
    }
    return names;
  }

  /** Writes the description aside and puts it in place at once. */
  void save() {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", FORMAT).put("key", key).put("tokenizer", tokenizer);
    ArrayNode trainingNames = json.putArray("training");
    training.forEach(trainingNames::add);
    ArrayNode heldOutNames = json.putArray("held_out");
    heldOut.forEach(heldOutNames::add);
    Path file = folder.resolve(MANIFEST);
    Path partial = folder.resolve(MANIFEST + ShardWriter.PARTIAL);
    byte[] bytes = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    try {
      try (FileChannel channel =
          FileChannel.open(
              partial,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          int _ = channel.write(buffer);
        }
        channel.force(true);
      }
      ShardWriter.move(partial, file);
    } catch (IOException failed) {
      throw new CorpusException(
          file
              + " could not be written ("
              + failed.getMessage()
              + "); make room and start again: the shards are kept.",
          failed);
    }
  }

  /** Opens the tokens to learn from. */
  @MustBeClosed
  public Shards openTraining() {
    return Shards.open(paths(training), tokenizer);
  }

  /**
   * Opens the tokens to measure on.
   *
   * @throws CorpusException if nothing was held out
   */
  @MustBeClosed
  public Shards openHeldOut() {
    if (heldOut.isEmpty()) {
      throw new CorpusException(
          "The corpus in "
              + folder
              + " was prepared without held-out text; prepare it with a split.");
    }
    return Shards.open(paths(heldOut), tokenizer);
  }

  private List<Path> paths(List<String> names) {
    return names.stream().map(folder::resolve).toList();
  }

  /** Fails unless the tokens are of the tokenizer with this fingerprint. */
  public void requireTokenizer(String fingerprint) {
    if (!tokenizer.equals(fingerprint)) {
      throw new CorpusException(
          "The corpus in "
              + folder
              + " was prepared with another tokenizer; prepare it again with this one.");
    }
  }
}
