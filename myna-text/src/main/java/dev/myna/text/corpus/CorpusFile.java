package dev.myna.text.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Objects;

/**
 * One file of a corpus, as it was when the corpus was opened.
 *
 * @param origin where its bytes come from
 * @param format how its text is laid out
 * @param gzip whether its bytes are compressed
 * @param size bytes as stored
 * @param modified milliseconds since 1970 of the last change
 */
public record CorpusFile(Origin origin, TextFormat format, boolean gzip, long size, long modified) {

  /** Where the bytes of a file come from. */
  public sealed interface Origin {
    /** A file on disk. */
    record Disk(Path path) implements Origin {}

    /** A file that lies beside this class in Myna's own jar. */
    record Bundled(String name, String resource) implements Origin {}
  }

  /**
   * Looks at a file; its name decides the format: {@code .jsonl} and {@code .ndjson} are JSON
   * Lines, anything else is plain text, and {@code .gz} at the end is unpacked.
   */
  static CorpusFile of(Path path, String field) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    String name = path.toString().toLowerCase(Locale.ROOT);
    boolean gzip = name.endsWith(".gz");
    String bare = gzip ? name.substring(0, name.length() - ".gz".length()) : name;
    boolean lines = bare.endsWith(".jsonl") || bare.endsWith(".ndjson");
    return new CorpusFile(
        new Origin.Disk(path),
        lines ? new TextFormat.JsonLines(field) : new TextFormat.Plain(),
        gzip,
        attributes.size(),
        attributes.lastModifiedTime().toMillis());
  }

  /** The name that messages show. */
  public String name() {
    return switch (origin) {
      case Origin.Disk(Path path) -> path.toString();
      case Origin.Bundled(String bundled, _) -> bundled;
    };
  }

  /** The name that is the same wherever the program was started. */
  String identity() {
    return switch (origin) {
      case Origin.Disk(Path path) -> path.toAbsolutePath().normalize().toString();
      case Origin.Bundled(String bundled, _) -> bundled;
    };
  }

  /** The bytes as stored: still compressed if {@link #gzip()}. */
  InputStream open() throws IOException {
    return switch (origin) {
      case Origin.Disk(Path path) -> Files.newInputStream(path);
      case Origin.Bundled(_, String resource) ->
          Objects.requireNonNull(CorpusFile.class.getResourceAsStream(resource), resource);
    };
  }

  /** Fails if the file on disk is no longer the one that was looked at. */
  void requireUnchanged() {
    if (origin instanceof Origin.Disk(Path path)) {
      try {
        BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
        if (now.size() == size && now.lastModifiedTime().toMillis() == modified) {
          return;
        }
      } catch (IOException gone) {
        throw new CorpusException(
            name() + " vanished while it was being read; put it back and start again.", gone);
      }
      throw new CorpusException(
          name() + " was changed while it was being read; start again when it is finished.");
    }
  }
}
