package dev.myna.text.vectors;

import dev.myna.Progress;
import dev.myna.WholeFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * Makes a running text ready for learning vectors: runs of letters, marks and digits become words
 * parted by spaces, every ideograph a word of its own, the rest is dropped; lines stay lines. Works
 * on a stream, however long a line is.
 */
public final class PlainWords {
  private final Path text;
  private final boolean lowerCase;
  private final StringBuilder word = new StringBuilder();
  private boolean lineStarts = true;
  private long line = 1;

  private PlainWords(Path text, boolean lowerCase) {
    this.text = text;
    this.lowerCase = lowerCase;
  }

  /**
   * Writes a text's words; a text whose name ends in {@code .gz} is unpacked on the way.
   *
   * @param split whether to split into words; otherwise the text is only unpacked (and lower-cased)
   * @throws VectorsException if the text is not UTF-8
   */
  public static void write(
      Path text, Path target, boolean split, boolean lowerCase, Progress progress)
      throws IOException {
    try (Reader reader = open(text)) {
      WholeFile.stream(
          target,
          out -> {
            var writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            new PlainWords(text, lowerCase).copy(reader, writer, split, progress);
            writer.flush();
          });
    }
  }

  /** The words of a line in lower case, parted by single spaces. */
  public static String of(String line) {
    var out = new StringWriter();
    var words = new PlainWords(Path.of("a text"), true);
    try {
      line.codePoints().forEach(c -> words.takeOne(c == '\n' ? ' ' : c, out));
      words.endWord(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // writing to memory
    }
    return out.toString();
  }

  private void takeOne(int c, Writer out) {
    try {
      take(c, out, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Reader open(Path text) throws IOException {
    InputStream in = Files.newInputStream(text);
    try {
      boolean packed = text.getFileName().toString().endsWith(".gz");
      InputStream bytes = packed ? new GZIPInputStream(in, 1 << 16) : in;
      return new InputStreamReader(
          bytes,
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT));
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private void copy(Reader reader, Writer out, boolean split, Progress progress)
      throws IOException {
    var buffer = new char[1 << 14];
    long done = 0;
    int high = 0; // the first half of a character of two
    for (int count = read(reader, buffer); count >= 0; count = read(reader, buffer)) {
      for (int i = 0; i < count; i++) {
        char c = buffer[i];
        if (Character.isHighSurrogate(c)) {
          high = c;
        } else {
          int character = high == 0 ? c : Character.toCodePoint((char) high, c);
          high = 0;
          take(character, out, split);
        }
      }
      done += count;
      progress.at("splitting words", done, -1);
    }
    endWord(out);
  }

  private int read(Reader reader, char[] buffer) {
    try {
      return reader.read(buffer);
    } catch (CharacterCodingException e) {
      throw new VectorsException(
          "UTF-8 text was wanted, and %s is not; convert it to UTF-8 first".formatted(text), e);
    } catch (IOException e) {
      throw new VectorsException(
          "text was wanted, and %s cannot be read to its end: %s; get it again"
              .formatted(text, e.getMessage()),
          e);
    }
  }

  private void take(int c, Writer out, boolean split) throws IOException {
    if (c == '\n') {
      endWord(out);
      out.write('\n');
      lineStarts = true;
      line++;
    } else if (split && Character.isIdeographic(c)) {
      endWord(out);
      word.appendCodePoint(c);
      endWord(out);
    } else if (split ? belongs(c) : !Character.isWhitespace(c)) {
      word.appendCodePoint(c);
      if (word.length() > WordReader.LONGEST_WORD) {
        throw new VectorsException(
            "words of at most %,d letters were wanted, and line %,d of %s has a longer one; split the text into words first"
                .formatted(WordReader.LONGEST_WORD, line, text));
      }
    } else {
      endWord(out);
    }
  }

  private static boolean belongs(int c) {
    int type = Character.getType(c);
    return Character.isLetterOrDigit(c)
        || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  private void endWord(Writer out) throws IOException {
    if (!word.isEmpty()) {
      if (!lineStarts) {
        out.write(' ');
      }
      String letters = word.toString();
      out.write(lowerCase ? letters.toLowerCase(Locale.ROOT) : letters);
      word.setLength(0);
      lineStarts = false;
    }
  }
}
