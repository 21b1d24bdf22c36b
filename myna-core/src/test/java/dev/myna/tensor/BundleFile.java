package dev.myna.tensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** Writes bundles of TensorFlow as its program does: keys shortened, two blocks, checksums. */
public final class BundleFile {
  private static final int EVERY = 16; // entries after which a key is written whole

  private BundleFile() {}

  /** A float32 tensor. */
  public record Values(float[] values, long... shape) {}

  /**
   * Writes {@code NAME.index} and {@code NAME.data-00000-of-00001}.
   *
   * @return the index
   */
  public static Path write(Path folder, String name, Map<String, Values> tensors)
      throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    TreeMap<String, byte[]> entries = new TreeMap<>();
    entries.put("", message(number(1, 1), number(2, 0)));
    for (Map.Entry<String, Values> tensor : new TreeMap<>(tensors).entrySet()) {
      float[] values = tensor.getValue().values();
      ByteBuffer bytes =
          ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values);
      entries.put(tensor.getKey(), entry(tensor.getValue(), data.size(), bytes.array()));
      data.write(bytes.array());
    }
    Files.createDirectories(folder);
    Files.write(folder.resolve(name + ".data-00000-of-00001"), data.toByteArray());
    return Files.write(folder.resolve(name + ".index"), table(entries));
  }

  private static byte[] entry(Values tensor, int offset, byte[] bytes) throws IOException {
    ByteArrayOutputStream shape = new ByteArrayOutputStream();
    for (long size : tensor.shape()) {
      shape.write(part(2, number(1, size)));
    }
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    ByteBuffer checksum = ByteBuffer.allocate(5).order(ByteOrder.LITTLE_ENDIAN);
    checksum.put((byte) (6 << 3 | 5)).putInt(SortedTable.checksum(crc));
    return message(
        number(1, 1),
        part(2, shape.toByteArray()),
        number(4, offset),
        number(5, bytes.length),
        checksum.array());
  }

  private static byte[] table(TreeMap<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String middle = entries.keySet().stream().skip(entries.size() / 2).findFirst().orElse("");
    TreeMap<String, byte[]> places = new TreeMap<>();
    places.put("first", block(out, new TreeMap<>(entries.headMap(middle))));
    places.put("second", block(out, new TreeMap<>(entries.tailMap(middle))));
    byte[] about = block(out, new TreeMap<>());
    byte[] index = block(out, places);
    ByteBuffer footer = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
    footer.put(about).put(index).putLong(40, 0xdb4775248b80fb57L);
    out.write(footer.array());
    return out.toByteArray();
  }

  /** Writes a block; returns where it lies. */
  private static byte[] block(ByteArrayOutputStream out, TreeMap<String, byte[]> entries)
      throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    ByteArrayOutputStream beginnings = new ByteArrayOutputStream();
    int count = 0;
    byte[] before = {};
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      byte[] key = entry.getKey().getBytes(StandardCharsets.UTF_8);
      int shared = 0;
      if (count++ % EVERY == 0) {
        beginnings.write(little(block.size()));
      } else {
        while (shared < Math.min(key.length, before.length) && key[shared] == before[shared]) {
          shared++;
        }
      }
      block.write(varint(shared));
      block.write(varint(key.length - shared));
      block.write(varint(entry.getValue().length));
      block.write(key, shared, key.length - shared);
      block.write(entry.getValue());
      before = key;
    }
    if (entries.isEmpty()) {
      beginnings.write(little(0));
    }
    block.write(beginnings.toByteArray());
    block.write(little(beginnings.size() / Integer.BYTES));
    byte[] place = message(varint(out.size()), varint(block.size()));
    block.write(0);
    CRC32C crc = new CRC32C();
    crc.update(block.toByteArray());
    out.write(block.toByteArray());
    out.write(little(SortedTable.checksum(crc)));
    return place;
  }

  private static byte[] little(int value) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  private static byte[] message(byte[]... fields) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] field : fields) {
      out.write(field);
    }
    return out.toByteArray();
  }

  private static byte[] number(int field, long value) throws IOException {
    return message(varint((long) field << 3), varint(value));
  }

  private static byte[] part(int field, byte[] value) throws IOException {
    return message(varint((long) field << 3 | 2), varint(value.length), value);
  }

  private static byte[] varint(long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long rest = value;
    while (rest > 0x7F) {
      out.write((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
    return out.toByteArray();
  }
}
