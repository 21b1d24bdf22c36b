package dev.myna.tensor;

import dev.myna.WholeFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One file of named tensors in the <a href="https://github.com/huggingface/safetensors">safetensors
 * format</a>: eight bytes with the length of a JSON header, the header, the elements.
 *
 * <p>Opening maps the file and checks the header against the format and the file's size; nothing is
 * copied. Files written here carry a checksum of their elements in their metadata ({@value
 * #CHECKSUM}), which opening verifies; other readers ignore it.
 */
public final class Safetensors implements AutoCloseable {
  static final String CHECKSUM = "crc32c";
  private static final int MAXIMAL_HEADER = 100_000_000;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** Where a tensor lies in the file, and what it is. */
  private record Entry(DType dtype, long[] shape, long begin, long end) {}

  private final Path file;
  private final Arena arena;
  private final MemorySegment elements;
  private final Map<String, Entry> entries;
  private final Map<String, String> metadata;

  private Safetensors(
      Path file,
      Arena arena,
      MemorySegment elements,
      Map<String, Entry> entries,
      Map<String, String> metadata) {
    this.file = file;
    this.arena = arena;
    this.elements = elements;
    this.entries = entries;
    this.metadata = metadata;
  }

  /**
   * Maps a file.
   *
   * @throws CheckpointException if it is not there, is not of the format, is cut off, or its
   *     elements do not fit their checksum
   */
  public static Safetensors open(Path file) {
    Arena arena = Arena.ofShared();
    try {
      return map(file, arena);
    } catch (IOException e) {
      arena.close();
      throw new CheckpointException(
          "%s could not be read: %s"
              .formatted(
                  file,
                  e instanceof NoSuchFileException ? "there is no such file" : e.getMessage()),
          e);
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private static Safetensors map(Path file, Arena arena) throws IOException {
    MemorySegment all;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
    }
    if (all.byteSize() < 8) {
      throw damaged(file, "it has %d bytes, fewer than its first field".formatted(all.byteSize()));
    }
    long headerBytes =
        all.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0);
    if (headerBytes < 2 || headerBytes > MAXIMAL_HEADER || headerBytes > all.byteSize() - 8) {
      throw damaged(
          file,
          "its header claims %s bytes in a file of %d"
              .formatted(Long.toUnsignedString(headerBytes), all.byteSize()));
    }
    JsonNode header = parse(file, all.asSlice(8, headerBytes).toArray(ValueLayout.JAVA_BYTE));
    MemorySegment elements = all.asSlice(8 + headerBytes);
    Map<String, Entry> entries = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      if (field.getKey().equals("__metadata__")) {
        field
            .getValue()
            .properties()
            .forEach(m -> metadata.put(m.getKey(), m.getValue().asString("")));
      } else {
        entries.put(field.getKey(), entry(file, field.getKey(), field.getValue()));
      }
    }
    requireTiled(file, entries, elements.byteSize());
    String checksum = metadata.get(CHECKSUM);
    if (checksum != null && !checksum.equals(checksum(elements))) {
      throw damaged(file, "its elements do not fit their checksum");
    }
    return new Safetensors(file, arena, elements, entries, metadata);
  }

  private static JsonNode parse(Path file, byte[] header) {
    try {
      JsonNode node = JSON.readTree(header);
      if (!node.isObject()) {
        throw damaged(file, "its header is not a JSON object");
      }
      return node;
    } catch (JacksonException e) {
      throw damaged(file, "its header is not JSON");
    }
  }

  private static Entry entry(Path file, String name, JsonNode node) {
    String wanted = node.path("dtype").asString("");
    DType dtype =
        Arrays.stream(DType.values())
            .filter(d -> d.safetensorsName().equals(wanted))
            .findFirst()
            .orElseThrow(
                () ->
                    damaged(
                        file,
                        "tensor %s has the element type \"%s\", which is not one of %s"
                            .formatted(
                                name,
                                wanted,
                                Arrays.stream(DType.values())
                                    .map(DType::safetensorsName)
                                    .toList())));
    JsonNode shapeNode = node.path("shape");
    JsonNode offsets = node.path("data_offsets");
    if (!shapeNode.isArray() || !offsets.isArray() || offsets.size() != 2) {
      throw damaged(file, "tensor %s has no shape or no data_offsets".formatted(name));
    }
    long[] shape = new long[shapeNode.size()];
    long bytes = dtype.bytes();
    for (int i = 0; i < shape.length; i++) {
      shape[i] = shapeNode.get(i).asLong(-1);
      if (shape[i] < 0 || (shape[i] > 0 && bytes > Long.MAX_VALUE / shape[i])) {
        throw damaged(file, "tensor %s has the shape %s".formatted(name, shapeNode));
      }
      bytes *= shape[i];
    }
    long begin = offsets.get(0).asLong(-1);
    long end = offsets.get(1).asLong(-1);
    if (begin < 0 || end < begin || end - begin != bytes) {
      throw damaged(
          file,
          "tensor %s of shape %s needs %d bytes, its offsets are %s"
              .formatted(name, Tensor.text(shape), bytes, offsets));
    }
    return new Entry(dtype, shape, begin, end);
  }

  /** The tensors must lie one after another, from the first byte to the last. */
  private static void requireTiled(Path file, Map<String, Entry> entries, long bytes) {
    long at = 0;
    List<Entry> inOrder = new ArrayList<>(entries.values());
    inOrder.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    for (Entry entry : inOrder) {
      if (entry.begin() != at) {
        throw damaged(file, "its tensors overlap or leave a gap at byte %d".formatted(at));
      }
      at = entry.end();
    }
    if (at != bytes) {
      throw damaged(
          file, "its header describes %d bytes of elements, the file has %d".formatted(at, bytes));
    }
  }

  private static CheckpointException damaged(Path file, String what) {
    return new CheckpointException(
        "%s is not a whole safetensors file: %s; copy or download it again".formatted(file, what));
  }

  /** Names of the tensors, in the header's order. */
  public Set<String> names() {
    return entries.keySet();
  }

  /** Free text of the header. */
  public Map<String, String> metadata() {
    return metadata;
  }

  public long[] shape(String name) {
    return find(name).shape().clone();
  }

  public DType dtype(String name) {
    return find(name).dtype();
  }

  /** A tensor over the mapped file: valid while this is open, not to be changed. */
  public Tensor tensor(String name) {
    Entry entry = find(name);
    if (entry.begin() == entry.end()) {
      return Tensor.empty(entry.dtype(), Device.CPU, entry.shape());
    }
    MemorySegment part = elements.asSlice(entry.begin(), entry.end() - entry.begin());
    // The format does not promise alignment; libtorch's kernels want it.
    return part.address() % entry.dtype().bytes() == 0
        ? Tensor.over(part, entry.dtype(), entry.shape())
        : copied(part, entry);
  }

  private static Tensor copied(MemorySegment part, Entry entry) {
    Tensor tensor = Tensor.empty(entry.dtype(), Device.CPU, entry.shape());
    tensor.memory().copyFrom(part);
    return tensor;
  }

  private Entry find(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new CheckpointException(
          "%s has no tensor %s; it has %s".formatted(file, name, entries.keySet()));
    }
    return entry;
  }

  @Override
  public void close() {
    arena.close();
  }

  // ---- writing ---------------------------------------------------------------------------------

  /**
   * Writes tensors to a file, whole or not at all.
   *
   * @param metadata free text; Hugging Face wants {@code format: pt}, which is added
   */
  public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
    try (Scope scope = Scope.open()) {
      Map<String, Tensor> blocks = new LinkedHashMap<>();
      tensors.forEach((name, t) -> blocks.put(name, t.detach().to(Device.CPU).makeContiguous()));
      byte[] header = header(blocks, metadata);
      WholeFile.write(
          file,
          channel -> {
            ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            writeFully(channel, length.putLong(header.length).flip());
            writeFully(channel, ByteBuffer.wrap(header));
            for (Tensor block : blocks.values()) {
              for (ByteBuffer part : buffers(block.memory())) {
                writeFully(channel, part);
              }
            }
          });
    }
  }

  private static byte[] header(Map<String, Tensor> blocks, Map<String, String> metadata) {
    CRC32C crc = new CRC32C();
    blocks.values().forEach(b -> buffers(b.memory()).forEach(crc::update));
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("format", "pt");
    texts.putAll(metadata);
    texts.put(CHECKSUM, Long.toHexString(crc.getValue()));
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("__metadata__", texts);
    long at = 0;
    for (Map.Entry<String, Tensor> block : blocks.entrySet()) {
      Tensor tensor = block.getValue();
      long end = at + tensor.numel() * tensor.dtype().bytes();
      Map<String, Object> entry = new LinkedHashMap<>(); // equal tensors give equal files
      entry.put("dtype", tensor.dtype().safetensorsName());
      entry.put("shape", tensor.shape());
      entry.put("data_offsets", List.of(at, end));
      header.put(block.getKey(), entry);
      at = end;
    }
    String json = JSON.writeValueAsString(header);
    int length = json.getBytes(StandardCharsets.UTF_8).length;
    // Elements start on a multiple of eight bytes, as the reference implementation pads them.
    return (json + " ".repeat((8 - length % 8) % 8)).getBytes(StandardCharsets.UTF_8);
  }

  private static String checksum(MemorySegment memory) {
    CRC32C crc = new CRC32C();
    buffers(memory).forEach(crc::update);
    return Long.toHexString(crc.getValue());
  }

  /** A buffer holds at most two gigabytes; a tensor may be larger. */
  private static List<ByteBuffer> buffers(MemorySegment memory) {
    long step = 1L << 30;
    List<ByteBuffer> buffers = new ArrayList<>();
    for (long at = 0; at < memory.byteSize(); at += step) {
      buffers.add(memory.asSlice(at, Math.min(step, memory.byteSize() - at)).asByteBuffer());
    }
    return buffers;
  }

  private static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      int unused = channel.write(buffer);
    }
  }
}
