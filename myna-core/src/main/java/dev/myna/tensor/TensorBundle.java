package dev.myna.tensor;

import dev.myna.text.format.Protobuf;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * The tensors of a TensorFlow checkpoint (a "tensor bundle"): {@code NAME.index}, a table of names
 * with where each tensor lies, and {@code NAME.data-00000-of-00001} or several with the elements.
 * Folders of saved models hold one as {@code variables/variables}.
 *
 * <p>Opening reads the index and maps the elements; each tensor is checked against its checksum
 * when it is asked for. Read are little-endian bundles whose tensors are not cut into slices.
 */
public final class TensorBundle implements AutoCloseable {
  private static final String INDEX = ".index";

  private final Path index;
  private final Arena arena;
  private final List<MemorySegment> files;
  private final Map<String, BundleEntry> entries;

  private TensorBundle(
      Path index, Arena arena, List<MemorySegment> files, Map<String, BundleEntry> entries) {
    this.index = index;
    this.arena = arena;
    this.files = files;
    this.entries = entries;
  }

  /**
   * Maps a bundle.
   *
   * @param index the file whose name ends in {@value #INDEX}
   * @throws CheckpointException if a file is missing, is cut off or is none of a bundle
   */
  public static TensorBundle open(Path index) {
    Arena arena = Arena.ofShared();
    try {
      Map<String, ByteBuffer> table =
          SortedTable.read(Files.readAllBytes(index), what -> damaged(index, what));
      ByteBuffer header = table.remove("");
      if (header == null) {
        throw damaged(index, "it has no header");
      }
      int count = filesOf(index, header);
      List<MemorySegment> files = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        files.add(map(index, i, count, arena));
      }
      Map<String, BundleEntry> entries = new LinkedHashMap<>();
      table.forEach(
          (name, value) ->
              entries.put(
                  name,
                  BundleEntry.read(
                      new Protobuf(
                          value, what -> damaged(index, "tensor %s: %s".formatted(name, what))))));
      entries.forEach((name, entry) -> requireInside(index, name, entry, files));
      return new TensorBundle(index, arena, files, entries);
    } catch (IOException e) {
      arena.close();
      throw new CheckpointException(
          "%s of a TensorFlow checkpoint could not be read: %s"
              .formatted(
                  e instanceof NoSuchFileException ? e.getMessage() : index,
                  e instanceof NoSuchFileException ? "there is no such file" : e.getMessage()),
          e);
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private static MemorySegment map(Path index, int number, int count, Arena arena)
      throws IOException {
    String name = String.valueOf(index.getFileName());
    String stem = name.endsWith(INDEX) ? name.substring(0, name.length() - INDEX.length()) : name;
    Path file = index.resolveSibling("%s.data-%05d-of-%05d".formatted(stem, number, count));
    try (FileChannel channel = FileChannel.open(file)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
    }
  }

  private static int filesOf(Path index, ByteBuffer header) {
    long count = 1;
    boolean bigEndian = false;
    Protobuf message = new Protobuf(header, what -> damaged(index, what));
    while (message.next()) {
      switch (message.field()) {
        case 1 -> count = message.number();
        case 2 -> bigEndian = message.flag();
        default -> message.skip();
      }
    }
    if (bigEndian || count < 1 || count > 99_999) {
      throw damaged(
          index,
          bigEndian
              ? "its numbers are big-endian, which is not read"
              : "it claims %d files".formatted(count));
    }
    return (int) count;
  }

  private static void requireInside(
      Path index, String name, BundleEntry entry, List<MemorySegment> files) {
    long there =
        entry.file() >= 0 && entry.file() < files.size() ? files.get(entry.file()).byteSize() : -1;
    if (entry.offset() < 0 || entry.bytes() < 0 || entry.offset() > there - entry.bytes()) {
      throw damaged(
          index,
          "tensor %s of %,d bytes at %,d lies outside the %,d bytes of its file"
              .formatted(name, entry.bytes(), entry.offset(), Math.max(there, 0)));
    }
    DType type = entry.dtype();
    if (type != null && !entry.sliced() && entry.wantedBytes(type) != entry.bytes()) {
      throw damaged(
          index,
          "tensor %s of shape %s and type %s has %,d bytes"
              .formatted(name, Tensor.text(entry.shape()), type.configName(), entry.bytes()));
    }
  }

  private static CheckpointException damaged(Path index, String what) {
    return new CheckpointException(
        "%s is no whole TensorFlow checkpoint: %s; copy or download it again"
            .formatted(index, what));
  }

  /** Names of all tensors, sorted. */
  public Set<String> names() {
    return entries.keySet();
  }

  public long[] shape(String name) {
    return find(name).shape().clone();
  }

  /**
   * A copy of a tensor.
   *
   * @throws CheckpointException if it is of a type that tensors here do not have, is cut into
   *     slices, or does not fit its checksum
   */
  public Tensor tensor(String name) {
    BundleEntry entry = find(name);
    DType type = entry.dtype();
    if (type == null || entry.sliced()) {
      throw new CheckpointException(
          "tensor %s of %s %s, which is not read; write the checkpoint anew with whole tensors of numbers"
              .formatted(
                  name,
                  index,
                  type == null
                      ? "has the element type number %d of TensorFlow".formatted(entry.type())
                      : "is cut into slices"));
    }
    MemorySegment part = files.get(entry.file()).asSlice(entry.offset(), entry.bytes());
    CRC32C crc = new CRC32C();
    crc.update(part.asByteBuffer());
    if (SortedTable.checksum(crc) != entry.checksum()) {
      throw damaged(index, "tensor %s does not fit its checksum".formatted(name));
    }
    Tensor tensor = Tensor.empty(type, Device.CPU, entry.shape());
    if (entry.bytes() > 0) {
      tensor.memory().copyFrom(part);
    }
    return tensor;
  }

  private BundleEntry find(String name) {
    BundleEntry entry = entries.get(name);
    if (entry == null) {
      throw new CheckpointException(
          "%s has no tensor %s; it has %s".formatted(index, name, entries.keySet()));
    }
    return entry;
  }

  @Override
  public void close() {
    arena.close();
  }
}
