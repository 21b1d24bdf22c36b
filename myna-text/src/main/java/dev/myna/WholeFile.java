package dev.myna;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes files that are either whole or not there: into a file aside, forced to the disk, then
 * renamed over the old one. Whatever stops the writing (a full disk, a kill), the old file stays.
 */
public final class WholeFile {
  private WholeFile() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    void write(FileChannel channel) throws IOException;
  }

  /** Writes the content of a file to a stream. */
  @FunctionalInterface
  public interface StreamContent {
    void write(OutputStream stream) throws IOException;
  }

  /**
   * Writes a file whole.
   *
   * @throws MynaException if it can't be written; then what was there before is unchanged
   */
  public static void write(Path file, Content content) {
    Path target = file.toAbsolutePath();
    Path aside = target.resolveSibling("." + target.getFileName() + ".part");
    try {
      Files.createDirectories(target.getParent());
      try (FileChannel channel =
          FileChannel.open(
              aside,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        content.write(channel);
        channel.force(true);
      }
      Files.move(
          aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | UncheckedIOException e) {
      discard(aside);
      throw new MynaException(
          "%s could not be written: %s; make room or choose another place, what was there before is unchanged"
              .formatted(file, reason(e)),
          e);
    } catch (RuntimeException e) {
      discard(aside);
      throw e;
    }
  }

  /** Writes a file whole, as a stream. */
  public static void stream(Path file, StreamContent content) {
    write(
        file,
        channel -> {
          // Not closed: that would close the channel before it is forced to the disk.
          OutputStream stream =
              new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
          content.write(stream);
          stream.flush();
        });
  }

  /** Writes a text file whole, in UTF-8. */
  public static void text(Path file, String text) {
    stream(file, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void discard(Path aside) {
    try {
      Files.deleteIfExists(aside);
    } catch (IOException e) {
      // What is left aside is overwritten next time.
    }
  }

  private static String reason(Exception e) {
    Throwable cause = e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
    String message = String.valueOf(cause.getMessage());
    return cause instanceof AccessDeniedException
        ? "access denied"
        : message.isBlank() ? cause.getClass().getSimpleName() : message;
  }
}
