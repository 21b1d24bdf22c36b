package dev.myna.text.corpus;

import dev.myna.MynaException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the documents of a corpus into chunks of about equal length, always the same ones for the
 * same corpus and tokenizer. Small documents are put together, long ones parted at safe places.
 */
final class Chunks {
  /** Chars of a chunk: enough work to hand to another thread, little enough memory. */
  static final int CHUNK_CHARS = 1 << 18;

  /** Chars of a document that may be held in memory while looking for a place to part it. */
  static final int LONGEST_UNCUT = 1 << 24;

  private final CorpusReader reader;
  private final SafeCut cutter;
  private final int chunkChars;

  /** Characters (code points) before the held-out part. */
  private final long boundary;

  /** Characters read so far. */
  private long characters;

  private boolean held;

  /** Text of the document that is being read; all before {@link #start} has become runs. */
  private final StringBuilder document = new StringBuilder();

  private int start;

  /** Where {@link #document} comes from. */
  private String file = "";

  private boolean begins;
  private boolean swallowed;

  /** Chars after {@link #start} in which no place was found. */
  private int searched;

  private List<Chunk.Run> runs = new ArrayList<>();
  private int pending;
  private final Deque<Chunk> ready = new ArrayDeque<>();

  /**
   * @param boundary the number of characters (code points) after which the held-out part begins; a
   *     JSON line that has begun before it belongs to the first part
   * @param chunkChars about how long chunks are; {@link #CHUNK_CHARS} unless texts are tiny
   */
  Chunks(CorpusReader reader, SafeCut cutter, long boundary, int chunkChars) {
    this.chunkChars = chunkChars;
    this.reader = reader;
    this.cutter = cutter;
    this.boundary = boundary;
  }

  /** The next chunk, or null at the end. */
  @Nullable Chunk next() {
    while (ready.isEmpty()) {
      Fragment fragment = reader.next();
      if (fragment == null) {
        endDocument();
        flush();
        return ready.poll();
      }
      add(fragment);
    }
    return ready.poll();
  }

  /** Characters (code points) read so far. */
  long characters() {
    return characters;
  }

  private void add(Fragment fragment) {
    if (fragment.begins()) {
      endDocument();
      file = reader.place();
      if (!held && characters >= boundary) {
        flush();
        held = true;
      }
    }
    String text = fragment.text();
    long count = text.codePointCount(0, text.length());
    if (!held && fragment.divisible() && characters + count > boundary) {
      int at = text.offsetByCodePoints(0, (int) (boundary - characters));
      document.append(text, 0, at);
      part();
      endDocument();
      flush();
      held = true;
      document.append(text, at, text.length());
    } else {
      document.append(text);
    }
    characters += count;
    part();
  }

  /** Moves all but the last stretch of the document into runs. */
  private void part() {
    while (document.length() - start >= Math.max(chunkChars, 2 * searched) + SafeCut.CONTEXT) {
      int to = searched == 0 ? start + chunkChars : document.length() - SafeCut.CONTEXT;
      int from = Math.max(start + searched, to - chunkChars);
      SafeCut.Cut cut = find(from, to);
      if (cut == null) {
        searched = to - start;
        if (searched > LONGEST_UNCUT) {
          throw new CorpusException(
              ("%s has %,d characters without a place where this tokenizer lets it be parted; break"
                      + " it into lines, or into documents of a .jsonl file.")
                  .formatted(file, searched));
        }
      } else {
        addRun(document.substring(start, cut.end()), false);
        swallowed = cut.next() > cut.end();
        start = cut.next();
        searched = 0;
      }
    }
    if (start > document.length() / 2) {
      // Only now, so that moving the rest costs no more than reading it did.
      document.delete(0, start);
      start = 0;
    }
  }

  private SafeCut.@Nullable Cut find(int from, int to) {
    try {
      return cutter.find(document, from, to);
    } catch (MynaException refused) {
      throw CorpusException.in(file, refused);
    }
  }

  private void endDocument() {
    if (document.length() > start) {
      addRun(document.substring(start), true);
    }
    document.setLength(0);
    start = 0;
    searched = 0;
    swallowed = false;
    begins = true;
  }

  private void addRun(String text, boolean ends) {
    runs.add(new Chunk.Run(text, file, begins, ends, swallowed));
    begins = false;
    pending += text.length();
    if (pending >= chunkChars / 2) {
      flush();
    }
  }

  private void flush() {
    if (!runs.isEmpty()) {
      ready.add(new Chunk(held, List.copyOf(runs)));
      runs = new ArrayList<>();
      pending = 0;
    }
  }
}
