package dev.myna.cli;

import dev.myna.MynaException;
import dev.myna.text.features.Documents;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The texts that a command is given: as arguments, and as lines of a file. */
final class TextLines {
  private TextLines() {}

  /**
   * All of them.
   *
   * @param wanted what they are, for the sentence that there are none
   */
  static List<String> all(List<String> given, @Nullable Path file, String wanted) {
    List<String> all = new ArrayList<>(given);
    if (file != null) {
      Documents.lines(file).forEach(all::add);
    }
    if (all.isEmpty()) {
      throw new MynaException(
          "%s were wanted, but there are none: give them as arguments or with --file"
              .formatted(wanted));
    }
    return all;
  }

  /**
   * What a file holds, as one text.
   *
   * @throws MynaException if it is a folder or not UTF-8
   */
  static String whole(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new MynaException("a file of text was wanted, but %s is a folder".formatted(file));
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new MynaException("%s is not UTF-8 text; convert it".formatted(file), e);
    }
  }
}
