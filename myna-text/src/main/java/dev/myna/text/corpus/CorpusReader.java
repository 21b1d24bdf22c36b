package dev.myna.text.corpus;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Iterator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads the files of a corpus one after the other, a bounded stretch of text at a time. */
final class CorpusReader implements AutoCloseable {
  private final Iterator<CorpusFile> files;
  private @Nullable FragmentSource source;
  private String place = "";
  private long bytes;

  CorpusReader(List<CorpusFile> files) {
    this.files = files.iterator();
  }

  /** The next stretch of text, or null at the end of the corpus. */
  @Nullable Fragment next() {
    while (true) {
      if (source == null) {
        if (!files.hasNext()) {
          return null;
        }
        source = open(files.next());
      }
      Fragment fragment = source.next();
      if (fragment != null) {
        return fragment;
      }
      source.close();
      source = null;
    }
  }

  /** Name of the file that the last fragment came from. */
  String place() {
    return place;
  }

  /** Bytes read so far, as stored. */
  long bytes() {
    return bytes;
  }

  private FragmentSource open(CorpusFile file) {
    place = file.name();
    InputStream raw = null;
    try {
      raw = file.open();
      InputStream counted = new BufferedInputStream(new Counted(raw), 1 << 16);
      Utf8Reader reader =
          new Utf8Reader(file.gzip() ? new GZIPInputStream(counted, 1 << 16) : counted, place);
      return switch (file.format()) {
        case TextFormat.Plain() -> new PlainSource(reader);
        case TextFormat.JsonLines(String field) -> new JsonLinesSource(reader, place, field);
      };
    } catch (IOException failed) {
      close(raw);
      throw new CorpusException(place + " could not be opened: " + reason(failed), failed);
    }
  }

  private static String reason(IOException failed) {
    return switch (failed) {
      case NoSuchFileException _ -> "it does not exist (any more).";
      case AccessDeniedException _ -> "you may not read it; change its permissions.";
      case ZipException _, EOFException _ ->
          "it is not gzip data; fetch it again, or drop .gz from its name if it is not compressed.";
      default -> failed.getMessage() + ".";
    };
  }

  private static void close(@Nullable InputStream in) {
    if (in != null) {
      try {
        in.close();
      } catch (IOException ignored) {
        // The failure that led here is the one to report.
      }
    }
  }

  @Override
  public void close() {
    if (source != null) {
      source.close();
      source = null;
    }
  }

  /** Counts the bytes that pass, for progress. */
  private final class Counted extends FilterInputStream {
    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      if (b >= 0) {
        bytes++;
      }
      return b;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
      int read = super.read(into, offset, count);
      if (read > 0) {
        bytes += read;
      }
      return read;
    }
  }
}
