package dev.myna.text.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShardsTest {
  private static final String TOKENIZER = "0123456789abcdef".repeat(4);

  private Path folder = Path.of("");

  @BeforeEach
  @BeforeTry
  void makeFolder() throws IOException {
    folder = Files.createTempDirectory("shards");
  }

  @AfterEach
  @AfterTry
  void deleteFolder() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Property(tries = 40)
  void whatIsWrittenIsRead(
      @ForAll @IntRange(min = 1, max = 100_000) int vocabulary,
      @ForAll @IntRange(max = 70_000) int first,
      @ForAll @IntRange(max = 3_000) int second,
      @ForAll long seed) {
    int[] all = new Random(seed).ints(first + second, 0, vocabulary).toArray();
    Path a = write("a", vocabulary, Arrays.copyOf(all, first));
    Path b = write("b", vocabulary, Arrays.copyOfRange(all, first, all.length));
    try (Shards shards = Shards.open(List.of(a, b), TOKENIZER)) {
      assertThat(shards.size()).isEqualTo(all.length);
      assertThat(shards.vocabularySize()).isEqualTo(vocabulary);
      assertThat(shards.width()).isEqualTo(vocabulary <= 65_536 ? 2 : 4);
      int[] read = new int[all.length];
      shards.read(0, read);
      assertThat(read).isEqualTo(all);
      int from = new Random(seed).nextInt(all.length + 1);
      int[] rest = new int[all.length - from];
      shards.read(from, rest);
      assertThat(rest).isEqualTo(Arrays.copyOfRange(all, from, all.length));
      assertThat(shards.segments().getFirst().byteSize()).isEqualTo((long) first * shards.width());
    }
  }

  @Test
  void countsAreKept() {
    Path file = folder.resolve("a.tokens");
    try (ShardWriter writer = new ShardWriter(file, 10, TOKENIZER)) {
      writer.write(new int[] {1, 2, 3, 9}, 3, 12, 7, 2);
      writer.write(new int[] {4}, 1, 1, 1, 0);
      writer.finish();
    }
    try (Shards shards = Shards.open(file, TOKENIZER)) {
      assertThat(shards.size()).isEqualTo(4);
      assertThat(shards.bytes()).isEqualTo(13);
      assertThat(shards.characters()).isEqualTo(8);
      assertThat(shards.documents()).isEqualTo(2);
      assertThat(shards.files()).containsExactly(file);
    }
  }

  @Test
  void anotherTokenizerIsRefused() {
    Path file = write("a", 10, new int[] {1});
    assertThatThrownBy(() -> Shards.open(file, "other"))
        .isInstanceOf(CorpusException.class)
        .hasMessageContainingAll(file.toString(), "another tokenizer");
  }

  @Property(tries = 100)
  void everyFlippedBitIsFound(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    int vocabulary = random.nextBoolean() ? 1_000 : 100_000;
    Path file = write("a", vocabulary, random.ints(40_000 + random.nextInt(5), 0, 1_000).toArray());
    byte[] bytes = Files.readAllBytes(file);
    // As likely in the header as in the tokens.
    int at = random.nextInt(random.nextBoolean() ? ShardHeader.BYTES : bytes.length);
    if (isPadding(at, bytes.length, vocabulary, file)) {
      return;
    }
    bytes[at] ^= (byte) (1 << random.nextInt(8));
    Files.write(file, bytes);
    assertRefused(file);
  }

  /** The zeros between an odd number of two-byte tokens and the table stand for nothing. */
  private static boolean isPadding(int at, int length, int vocabulary, Path file) {
    try (Shards shards = Shards.open(file, TOKENIZER)) {
      long end = ShardHeader.BYTES + shards.size() * ShardHeader.width(vocabulary);
      return at >= end && at < (end + 3) / 4 * 4 && at < length;
    }
  }

  @Property(tries = 50)
  void everyTruncatedFileIsRefused(@ForAll @IntRange(max = 20_263) int length) throws IOException {
    Path file = write("a", 1_000, new int[10_000]);
    byte[] bytes = Files.readAllBytes(file);
    assertThat(bytes.length).isEqualTo(20_260);
    Files.write(file, Arrays.copyOf(bytes, length == bytes.length ? length - 1 : length));
    assertRefused(file);
  }

  private static void assertRefused(Path file) {
    assertThatThrownBy(
            () -> {
              try (Shards shards = Shards.open(file, TOKENIZER)) {
                shards.read(0, new int[(int) shards.size()]);
              }
            })
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Path file = folder.resolve("a.txt");
    Files.writeString(file, "no shard at all");
    assertThatThrownBy(() -> Shards.open(file, TOKENIZER))
        .hasMessageContainingAll(file.toString(), "no token shard");
    assertThatThrownBy(() -> Shards.open(folder.resolve("b"), TOKENIZER))
        .hasMessageContaining("There is no token shard");
  }

  @Test
  void aWriterThatDoesNotFinishLeavesTheOldShard() throws IOException {
    Path file = write("a", 10, new int[] {1, 2, 3});
    byte[] before = Files.readAllBytes(file);
    try (ShardWriter writer = new ShardWriter(file, 10, TOKENIZER)) {
      writer.write(new int[100_000], 100_000, 1, 1, 1);
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void idsOutsideTheVocabularyAreRefused() {
    try (ShardWriter writer = new ShardWriter(folder.resolve("a"), 10, TOKENIZER)) {
      assertThatThrownBy(() -> writer.write(new int[] {10}, 1, 1, 1, 1))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> writer.write(new int[] {-1}, 1, 1, 1, 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void readingOutsideIsAWrongArgument() {
    Path file = write("a", 10, new int[] {1, 2, 3});
    try (Shards shards = Shards.open(file, TOKENIZER)) {
      assertThatThrownBy(() -> shards.read(2, new int[2]))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> shards.read(-1, new int[1]))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  private Path write(String name, int vocabulary, int[] ids) {
    Path file = folder.resolve(name + ".tokens");
    try (ShardWriter writer = new ShardWriter(file, vocabulary, TOKENIZER)) {
      writer.write(ids, ids.length, ids.length, ids.length, 1);
      writer.finish();
    }
    return file;
  }
}
