package dev.myna.text.corpus;

import dev.myna.Progress;
import dev.myna.text.Tokenizer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns a corpus into shards of tokens, on all cores, with memory that does not grow with the
 * corpus. The same corpus and tokenizer give the same tokens whatever the number of threads, and
 * the same as the tokenizer gives for each document as a whole.
 *
 * <p>Nothing in the folder is lost when it fails: shards are written aside and renamed when they
 * are on disk, the folder's {@code preparation.json} is replaced last, and only then are the shards
 * of an earlier preparation deleted. Started again with the same files (path, size, time of
 * change), tokenizer, split and separator, a finished preparation is reused and an interrupted one
 * goes on after its last finished shard.
 */
public final class Preparation {
  /** Changes whenever the same input would give other tokens. */
  private static final int VERSION = 1;

  private static final String LOCK = ".preparation.lock";

  private final Corpus training;
  private final @Nullable Corpus heldOut;
  private final Encoder encoder;
  private final Split split;
  private final Separator separator;
  private final Progress progress;
  private final Sizes sizes;

  /** What bounds memory and the work that an interruption costs. */
  record Sizes(int chunkChars, long tokensPerShard) {
    static final Sizes USUAL = new Sizes(Chunks.CHUNK_CHARS, 1L << 26);
  }

  Preparation(
      Corpus corpus,
      Encoder encoder,
      Split split,
      Separator separator,
      Progress progress,
      Sizes sizes) {
    this.training = split instanceof Split.Files(Corpus held) ? corpus.without(held) : corpus;
    this.heldOut = split instanceof Split.Files(Corpus held) ? held : null;
    this.encoder = encoder;
    this.split = split;
    this.separator = separator;
    this.progress = progress;
    this.sizes = sizes;
  }

  /** Prepares a corpus without a separator between documents. */
  public static Prepared prepare(
      Corpus corpus, Tokenizer tokenizer, Split split, Path folder, Progress progress) {
    return prepare(corpus, tokenizer, split, Separator.none(), folder, progress);
  }

  /**
   * Prepares a corpus, or finds that it is prepared already.
   *
   * @param folder where the shards go; made if it is not there
   * @param progress hears bytes of the corpus, as stored
   * @throws CorpusException if a file is not valid, the text cannot be parted, the separator is no
   *     token, a part is empty, the disk is full, or the thread was interrupted (its interrupt
   *     status stays set)
   */
  public static Prepared prepare(
      Corpus corpus,
      Tokenizer tokenizer,
      Split split,
      Separator separator,
      Path folder,
      Progress progress) {
    Encoder encoder =
        new Encoder(
            tokenizer::idsOfAll,
            tokenizer::id,
            tokenizer.vocabularySize(),
            tokenizer.fingerprint());
    return new Preparation(corpus, encoder, split, separator, progress, Sizes.USUAL).into(folder);
  }

  Prepared into(Path folder) {
    try {
      Files.createDirectories(folder);
      try (FileChannel lock =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        requireLock(lock, folder);
        String key = key();
        Prepared present = present(folder, key);
        return present == null ? make(folder, key) : present;
      }
    } catch (IOException failed) {
      throw new CorpusException(
          "The folder %s cannot be used for a prepared corpus (%s); choose another one."
              .formatted(folder, failed),
          failed);
    }
  }

  @SuppressWarnings("unused") // The lock lives as long as its channel.
  private static void requireLock(FileChannel channel, Path folder) throws IOException {
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException withinThisProgram) {
      // Reported below.
    }
    if (lock == null) {
      throw new CorpusException(
          "Another preparation is writing to "
              + folder
              + "; wait for it or choose another folder.");
    }
  }

  /** The finished preparation of the same input, if it is there and intact; says if damaged. */
  private @Nullable Prepared present(Path folder, String key) {
    if (!Files.exists(folder.resolve(Prepared.MANIFEST))) {
      return null;
    }
    try {
      Prepared prepared = Prepared.open(folder);
      if (!prepared.key().equals(key)) {
        return null;
      }
      try (Shards shards = prepared.openTraining()) {
        var _ = shards.segments();
      }
      if (!prepared.heldOut().isEmpty()) {
        try (Shards shards = prepared.openHeldOut()) {
          var _ = shards.segments();
        }
      }
      return prepared;
    } catch (CorpusException damaged) {
      progress.noted(damaged.getMessage() + " This is done now.");
      return null;
    }
  }

  private Prepared make(Path folder, String key) {
    // An unknown separator fails here, before the texts are read.
    int _ = encoder.id(separator);
    long boundary = Long.MAX_VALUE;
    long expected = -1;
    if (split instanceof Split.Fraction fraction) {
      expected = countCharacters();
      boundary = fraction.boundary(expected);
    }
    Prepared prepared;
    try (PartWriter train = new PartWriter(folder, "train", key, encoder, sizes.tokensPerShard());
        PartWriter held = new PartWriter(folder, "heldout", key, encoder, sizes.tokensPerShard())) {
      EncodingPipeline pipeline =
          new EncodingPipeline(encoder, separator, train, held, sizes.chunkChars());
      long total = training.bytes() + (heldOut == null ? 0 : heldOut.bytes());
      long characters = pipeline.run(training, boundary, 0, total, progress);
      if (expected >= 0 && expected != characters) {
        throw new CorpusException("The corpus was changed while it was being read; start again.");
      }
      if (heldOut != null) {
        long _ = pipeline.run(heldOut, 0, training.bytes(), total, progress);
      }
      training.files().forEach(CorpusFile::requireUnchanged);
      if (heldOut != null) {
        heldOut.files().forEach(CorpusFile::requireUnchanged);
      }
      requireText(train, "to learn from", "name files that hold text");
      if (!(split instanceof Split.None)) {
        requireText(held, "held out", "hold out more, or name files to hold out");
      }
      prepared = new Prepared(folder, key, encoder.fingerprint(), train.finish(), held.finish());
    }
    prepared.save();
    deleteOthers(prepared);
    return prepared;
  }

  private static void requireText(PartWriter part, String what, String todo) {
    if (part.isEmpty()) {
      throw new CorpusException("There is no text " + what + "; " + todo + ".");
    }
  }

  private long countCharacters() {
    long total = training.bytes();
    long characters = 0;
    try (CorpusReader reader = training.read()) {
      for (Fragment next = reader.next(); next != null; next = reader.next()) {
        if (Thread.currentThread().isInterrupted()) {
          throw CorpusException.interrupted();
        }
        characters += next.text().codePointCount(0, next.text().length());
        progress.at("checking text", reader.bytes(), total);
      }
    }
    return characters;
  }

  /** What decides the tokens, in one hexadecimal number. */
  private String key() {
    StringBuilder all = new StringBuilder("version " + VERSION + "\n");
    all.append(encoder.fingerprint()).append('\n').append(separator).append('\n');
    all.append(sizes).append('\n');
    describe(all, training);
    switch (split) {
      case Split.None() -> all.append("nothing held out\n");
      case Split.Fraction(double fraction) -> all.append("held out ").append(fraction);
      case Split.Files(Corpus held) -> describe(all.append("held out\n"), held);
    }
    try {
      byte[] text = all.toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("Every Java platform has SHA-256.", impossible);
    }
  }

  private static void describe(StringBuilder all, Corpus corpus) {
    for (CorpusFile file : corpus.files()) {
      all.append(file.identity()).append('\t').append(file.format()).append('\t');
      all.append(file.size()).append('\t').append(file.modified()).append('\n');
    }
  }

  /** Deletes the shards of earlier preparations; those that another program holds may stay. */
  private static void deleteOthers(Prepared prepared) {
    Set<String> wanted = new TreeSet<>(prepared.training());
    wanted.addAll(prepared.heldOut());
    try (Stream<Path> entries = Files.list(prepared.folder())) {
      List<Path> old =
          entries
              .filter(f -> isShard(f.getFileName().toString()))
              .filter(f -> !wanted.contains(f.getFileName().toString()))
              .toList();
      for (Path file : old) {
        Files.deleteIfExists(file);
      }
    } catch (IOException ignored) {
      // They cost room, nothing else.
    }
  }

  private static boolean isShard(String name) {
    return name.matches("(train|heldout)-[0-9a-f]{8}-\\d{5,}\\.tokens(\\.partial)?");
  }
}
