package dev.myna.cli;

import dev.myna.MynaException;
import dev.myna.text.Tokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** Everything that can be done with a tokenizer alone. */
@Command(
    name = "tokenizer",
    footer = "  myna tokenizer train books/*.txt --vocabulary 8000 --out tokenizers/books",
    subcommands = {
      TokenizerTrain.class,
      TokenizerEncode.class,
      TokenizerDecode.class,
      TokenizerInspect.class,
      TokenizerCompare.class
    })
final class TokenizerCommand extends Group {

  /** Loads a tokenizer's file or folder, or that of a run. */
  static Tokenizer load(Path given) {
    Path own = given.resolve("tokenizer");
    boolean run = Files.isDirectory(own) && !Files.exists(given.resolve("tokenizer.json"));
    return Tokenizer.load(run ? own : given);
  }

  /** The text of a file, or of standard input where the file is {@code -}. */
  static String text(Path file) {
    boolean standard = file.toString().equals("-");
    try {
      byte[] bytes = standard ? System.in.readAllBytes() : Files.readAllBytes(file);
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MynaException(
          (standard ? "standard input" : file.toString()) + " is not UTF-8 text", e);
    } catch (NoSuchFileException e) {
      throw new MynaException("there is no file " + file, e);
    } catch (IOException e) {
      throw new MynaException("cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
