package dev.myna.text.vectors;

import dev.myna.Progress;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How often words stand near each other, by 1/distance, within a line.
 *
 * <p>Pairs that do not fit in memory are spread over temporary files by a hash of the pair: all
 * counts of a pair meet in one file, and a file holds a random share of all pairs, so that walking
 * the files one by one is as good as walking all pairs in random order.
 */
final class Cooccurrences implements Closeable {
  private static final int SHARDS = 32;
  private static final int RECORD = 12; // first, second, weight

  /** Pairs in random order; the arrays have one length. */
  record Pairs(int[] first, int[] second, float[] weight) {
    int size() {
      return weight.length;
    }
  }

  private final int pairsInMemory;
  private PairCounts counts = new PairCounts();
  private final List<Path> files = new ArrayList<>();
  private final List<DataOutputStream> streams = new ArrayList<>();

  private Cooccurrences(int pairsInMemory) {
    this.pairsInMemory = pairsInMemory;
  }

  static Cooccurrences count(
      Path text, Vocabulary vocabulary, int window, int pairsInMemory, Progress progress)
      throws IOException {
    var pairs = new Cooccurrences(pairsInMemory);
    try {
      pairs.read(text, vocabulary, window, progress);
      if (!pairs.files.isEmpty()) {
        pairs.spill();
        for (DataOutputStream stream : pairs.streams) {
          stream.close();
        }
        pairs.counts = new PairCounts();
      }
      return pairs;
    } catch (IOException | RuntimeException e) {
      pairs.close();
      throw e;
    }
  }

  private void read(Path text, Vocabulary vocabulary, int window, Progress progress)
      throws IOException {
    var recent = new int[window]; // a ring of the line's last words
    long seen = 0;
    long words = 0;
    try (var reader = new WordReader(text)) {
      for (var token = reader.next(); token != WordReader.Token.END; token = reader.next()) {
        int id = token == WordReader.Token.WORD ? vocabulary.id(reader) : -1;
        if (token == WordReader.Token.LINE_END) {
          seen = 0;
        } else if (id >= 0) {
          for (int distance = 1; distance <= Math.min(seen, window); distance++) {
            int other = recent[(int) ((seen - distance) % window)];
            counts.add(id, other, 1f / distance);
            counts.add(other, id, 1f / distance);
          }
          recent[(int) (seen++ % window)] = id;
          if (counts.size() > pairsInMemory) {
            spill();
          }
          if ((++words & 0xFFFFF) == 0) {
            progress.at("counting pairs", words, vocabulary.total());
          }
        }
      }
    }
  }

  private void spill() throws IOException {
    if (files.isEmpty()) {
      for (int shard = 0; shard < SHARDS; shard++) {
        Path file = Files.createTempFile("myna-pairs", ".bin");
        files.add(file);
        streams.add(
            new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 15)));
      }
    }
    try {
      counts.forEach(
          (first, second, weight) -> {
            int hash = (first * 0x9E3779B9 + second) * 0x85EBCA6B;
            write(streams.get((hash >>> 16) % SHARDS), first, second, weight);
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    counts.clear();
  }

  private static void write(DataOutputStream out, int first, int second, float weight) {
    try {
      out.writeInt(first);
      out.writeInt(second);
      out.writeFloat(weight);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Parts that together hold every pair once. */
  int shards() {
    return files.isEmpty() ? 1 : files.size();
  }

  /** One part, shuffled. */
  Pairs shard(int index, Draws draws) throws IOException {
    if (files.isEmpty()) {
      return shuffled(counts, draws);
    }
    var merged = new PairCounts();
    try (var channel = FileChannel.open(files.get(index))) {
      var buffer = ByteBuffer.allocate(RECORD << 12).order(ByteOrder.BIG_ENDIAN);
      while (channel.read(buffer) >= 0 || buffer.position() > 0) {
        buffer.flip();
        while (buffer.remaining() >= RECORD) {
          merged.add(buffer.getInt(), buffer.getInt(), buffer.getFloat());
        }
        buffer.compact();
      }
    }
    return shuffled(merged, draws);
  }

  private static Pairs shuffled(PairCounts counts, Draws draws) {
    int size = counts.size();
    var pairs = new Pairs(new int[size], new int[size], new float[size]);
    var at = new int[1];
    counts.forEach(
        (first, second, weight) -> {
          int last = at[0]++; // inside out: a random earlier pair moves to the end
          int place = draws.below(last + 1);
          pairs.first[last] = pairs.first[place];
          pairs.second[last] = pairs.second[place];
          pairs.weight[last] = pairs.weight[place];
          pairs.first[place] = first;
          pairs.second[place] = second;
          pairs.weight[place] = weight;
        });
    return pairs;
  }

  @Override
  public void close() throws IOException {
    for (DataOutputStream stream : streams) {
      stream.close();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
