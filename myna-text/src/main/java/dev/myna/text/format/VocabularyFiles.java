package dev.myna.text.format;

import dev.myna.text.Tokenizer;
import dev.myna.text.TokenizerException;
import dev.myna.text.json.TokenizerJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Opens the vocabularies of other systems: {@code tokenizer.json}, GPT-2's {@code vocab.json} with
 * {@code merges.txt}, GPT-1's files, BERT's {@code vocab.txt}, SentencePiece's {@code .model},
 * tiktoken's ranks (also gzipped), GGUF files and the {@code .bin} of llama2.c.
 */
public final class VocabularyFiles {
  private static final List<List<String>> PAIRS =
      List.of(
          List.of("vocab.json", "merges.txt"),
          List.of("encoder.json", "vocab.bpe"),
          List.of("encoder_bpe_40000.json", "vocab_40000.bpe"));
  private static final List<String> SINGLE =
      List.of("tokenizer.model", "spiece.model", "sentencepiece.bpe.model", "vocab.txt");

  private VocabularyFiles() {}

  /**
   * Opens a file, or the first of these that a folder holds.
   *
   * @throws TokenizerException where there is none or it is damaged
   */
  public static Tokenizer open(Path folderOrFile) {
    Path file = Files.isDirectory(folderOrFile) ? find(folderOrFile) : folderOrFile;
    if (!Files.isRegularFile(file)) {
      throw new TokenizerException("a vocabulary was wanted, but there is no file " + file);
    }
    if (name(file).endsWith(".json") && PAIRS.stream().noneMatch(p -> p.contains(name(file)))) {
      return TokenizerJson.read(file);
    }
    try {
      return TokenizerJson.read(translate(file));
    } catch (TokenizerException e) {
      String message = String.valueOf(e.getMessage());
      throw message.contains(file.toString())
          ? e
          : new TokenizerException(file + ": " + message, e);
    }
  }

  /** The vocabulary as the tree of a {@code tokenizer.json}. */
  static ObjectNode translate(Path file) {
    String name = name(file);
    Optional<List<String>> pair = PAIRS.stream().filter(p -> p.contains(name)).findFirst();
    if (pair.isPresent()) {
      Path ids = file.resolveSibling(pair.get().get(0));
      Path merges = file.resolveSibling(pair.get().get(1));
      return MergeFiles.read(ids, merges);
    }
    if (name.endsWith(".gguf")) {
      return GgufFile.read(file);
    }
    if (name.endsWith(".tiktoken") || name.endsWith(".tiktoken.gz")) {
      return TiktokenFile.read(file);
    }
    if (name.endsWith(".bin")) {
      return Llama2cFile.read(file);
    }
    if (name.endsWith(".txt")) {
      return BertFile.read(file);
    }
    if (name.endsWith(".model")) {
      return isTiktoken(file)
          ? TiktokenFile.read(file)
          : SentencePieceFile.json(SentencePieceModel.read(file));
    }
    throw new TokenizerException(
        file
            + " is of no known kind; tokenizer.json, vocab.json with merges.txt, vocab.txt, .model,"
            + " .tiktoken, .gguf and llama2.c's .bin can be read");
  }

  /**
   * LLaMA 3 calls its ranks {@code tokenizer.model}: lines of base64, which no protobuf begins as.
   */
  private static boolean isTiktoken(Path file) {
    byte[] bytes = TextFiles.bytes(file);
    int at = 0;
    while (at < bytes.length
        && at < 64
        && (Character.isLetterOrDigit(bytes[at]) || "+/=".indexOf(bytes[at]) >= 0)) {
      at++;
    }
    return at >= 4 && at < bytes.length && bytes[at] == ' ';
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static Path find(Path folder) {
    Stream<String> pairs = PAIRS.stream().map(List::getFirst);
    return Stream.concat(Stream.concat(Stream.of("tokenizer.json"), pairs), SINGLE.stream())
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () ->
                new TokenizerException(
                    folder
                        + " holds no vocabulary: none of tokenizer.json, vocab.json with"
                        + " merges.txt, vocab.txt, tokenizer.model, spiece.model"));
  }
}
