package dev.myna.text.corpus;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The text to learn from: files in a fixed order, each one document or many.
 *
 * <p>A {@code .jsonl} or {@code .ndjson} file holds one document a line, any other file is one
 * document as a whole; {@code .gz} is unpacked on the fly. All text must be UTF-8; the first error
 * is reported with file, line and byte. Text is kept exactly as it stands, line ends included; only
 * a byte-order mark at the start of a file is dropped.
 *
 * <p>Immutable; reading opens the files anew each time and holds only a stretch of text in memory.
 */
public final class Corpus {
  /** The JSON field that holds the text unless another is named. */
  public static final String DEFAULT_FIELD = "text";

  /** Begins the patterns that name a text inside Myna's jar. */
  static final String BUNDLED = "bundled:";

  private static final String TINY_SHAKESPEARE = "tiny-shakespeare";

  private final List<CorpusFile> files;

  private Corpus(List<CorpusFile> files) {
    this.files = List.copyOf(files);
  }

  /** Files, folders and globs, with the text of JSON Lines in the field {@code "text"}. */
  public static Corpus of(List<String> patterns) {
    return of(patterns, DEFAULT_FIELD);
  }

  /**
   * Files, folders and globs.
   *
   * @param patterns a file; a folder, for all files in it at any depth except hidden ones; or a
   *     glob with {@code *}, {@code ?}, <code>[a-z]</code>, <code>{a,b}</code> and {@code **}.
   *     Files are read in the order of the patterns, sorted by path within one, none twice. {@code
   *     bundled:tiny-shakespeare} is {@link #tinyShakespeare}
   * @param field the field of a JSON line that holds its text
   * @throws CorpusException if a pattern matches nothing or cannot be walked
   */
  public static Corpus of(List<String> patterns, String field) {
    if (patterns.isEmpty()) {
      throw new CorpusException("The corpus names no file; name files, folders or globs.");
    }
    List<CorpusFile> files = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String pattern : patterns) {
      for (CorpusFile file : files(pattern, field)) {
        if (seen.add(file.identity())) {
          files.add(file);
        }
      }
    }
    return new Corpus(files);
  }

  private static List<CorpusFile> files(String pattern, String field) {
    if (pattern.startsWith(BUNDLED)) {
      if (!pattern.equals(BUNDLED + TINY_SHAKESPEARE)) {
        throw new CorpusException(
            "There is no text %s; %s%s is the one that comes with Myna."
                .formatted(pattern, BUNDLED, TINY_SHAKESPEARE));
      }
      return tinyShakespeare().files();
    }
    List<CorpusFile> files = new ArrayList<>();
    for (Path path : Patterns.files(pattern)) {
      try {
        files.add(CorpusFile.of(path, field));
      } catch (IOException failed) {
        throw new CorpusException(path + " cannot be looked at (" + failed + ").", failed);
      }
    }
    return files;
  }

  /**
   * About a million characters from Shakespeare's plays (public domain), bundled with Myna: the
   * text that Andrej Karpathy put together as {@code tinyshakespeare} for char-rnn and that nanoGPT
   * and many courses use. The pattern {@code bundled:tiny-shakespeare} names it, too.
   */
  public static Corpus tinyShakespeare() {
    String resource = TINY_SHAKESPEARE + ".txt.gz";
    try (var in = Objects.requireNonNull(Corpus.class.getResourceAsStream(resource), resource)) {
      return new Corpus(
          List.of(
              new CorpusFile(
                  new CorpusFile.Origin.Bundled(BUNDLED + TINY_SHAKESPEARE, resource),
                  new TextFormat.Plain(),
                  true,
                  in.transferTo(OutputStream.nullOutputStream()),
                  0)));
    } catch (IOException broken) {
      throw new CorpusException("The jar of Myna is damaged: " + broken.getMessage(), broken);
    }
  }

  /** The files in reading order. */
  public List<CorpusFile> files() {
    return files;
  }

  /** Bytes of all files as stored, compressed ones compressed. */
  public long bytes() {
    return files.stream().mapToLong(CorpusFile::size).sum();
  }

  /** This corpus without the files of another one. */
  public Corpus without(Corpus other) {
    Set<String> left = new HashSet<>();
    other.files.forEach(f -> left.add(f.identity()));
    return new Corpus(files.stream().filter(f -> !left.contains(f.identity())).toList());
  }

  /**
   * The text in order, for learners that count words or pairs: documents, and parts of long ones
   * cut at the end of a line if there is one. No part is much longer than a quarter of a million
   * chars.
   *
   * <p>Close the stream, or read it to its end, to close the file that it reads.
   *
   * @throws CorpusException while reading, where a file is not valid
   */
  @MustBeClosed
  public Stream<String> texts() {
    CorpusReader reader = new CorpusReader(files);
    Chunks chunks = new Chunks(reader, SafeCut.ANYWHERE, Long.MAX_VALUE, Chunks.CHUNK_CHARS);
    return Stream.generate(chunks::next)
        .takeWhile(Objects::nonNull)
        .flatMap(chunk -> Objects.requireNonNull(chunk).runs().stream())
        .map(Chunk.Run::text)
        .onClose(reader::close);
  }

  CorpusReader read() {
    return new CorpusReader(files);
  }

  @Override
  public String toString() {
    return "Corpus[%d files, %,d bytes]".formatted(files.size(), bytes());
  }
}
