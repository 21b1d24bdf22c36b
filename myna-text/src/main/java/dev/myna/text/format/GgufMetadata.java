package dev.myna.text.format;

import dev.myna.text.TokenizerException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The key-value part of a GGUF file (versions 2 and 3, little-endian). Values are {@link Long},
 * {@link Double}, {@link Boolean}, {@link String} or a {@link List} of these; the tensors behind
 * are not touched.
 */
public final class GgufMetadata {
  private static final int MAGIC = 0x46554747; // "GGUF"
  private static final int MAXIMUM_DEPTH = 8; // of lists within lists

  private final String source;
  private final Map<String, Object> values;

  private GgufMetadata(String source, Map<String, Object> values) {
    this.source = source;
    this.values = values;
  }

  /** Reads the keys of {@code file}. */
  public static GgufMetadata read(Path file) {
    try (Arena arena = Arena.ofConfined();
        FileChannel channel = FileChannel.open(file)) {
      MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      return new GgufMetadata(file.toString(), new Reader(file.toString(), bytes).read());
    } catch (IOException e) {
      throw new TokenizerException("cannot read " + file + ": " + e, e);
    }
  }

  /** What errors call the file. */
  public String source() {
    return source;
  }

  /** The value of {@code key} as text, if it is there. */
  public Optional<String> text(String key) {
    return value(key, String.class, "text");
  }

  /** The value of {@code key} as a whole number, if it is there. */
  public Optional<Long> number(String key) {
    return value(key, Long.class, "a whole number");
  }

  /** The value of {@code key} as true or false, if it is there. */
  public Optional<Boolean> flag(String key) {
    return value(key, Boolean.class, "true or false");
  }

  /** The value of {@code key} as a list of {@code type}, if it is there. */
  public <T> Optional<List<T>> list(String key, Class<T> type) {
    return value(key, List.class, "a list")
        .map(
            list -> {
              List<T> typed = new ArrayList<>(list.size());
              for (Object item : list) {
                if (!type.isInstance(item)) {
                  throw wrong(key, "a list of " + type.getSimpleName());
                }
                typed.add(type.cast(item));
              }
              return typed;
            });
  }

  private <T> Optional<T> value(String key, Class<T> type, String wanted) {
    Object value = values.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      throw wrong(key, wanted);
    }
    return Optional.of(type.cast(value));
  }

  private TokenizerException wrong(String key, String wanted) {
    return new TokenizerException(
        "%s: %s must be %s, but is something else".formatted(source, key, wanted));
  }

  /** Walks the bytes. */
  private static final class Reader {
    private static final ValueLayout.OfShort SHORT =
        ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
        ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
        ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final String source;
    private final MemorySegment bytes;
    private long at;

    private Reader(String source, MemorySegment bytes) {
      this.source = source;
      this.bytes = bytes;
    }

    private Map<String, Object> read() {
      if (bytes.byteSize() < 24 || readInt() != MAGIC) {
        throw new TokenizerException(source + " is no GGUF file: it does not begin with GGUF");
      }
      int version = readInt();
      if (version != 2 && version != 3) {
        throw new TokenizerException(
            "%s has GGUF version %d; versions 2 and 3, little-endian, can be read"
                .formatted(source, version));
      }
      long tensors = readLong();
      long keys = readLong();
      if (tensors < 0 || keys < 0 || keys > bytes.byteSize()) {
        throw broken("a count of keys");
      }
      Map<String, Object> values = new LinkedHashMap<>();
      for (long i = 0; i < keys; i++) {
        String key = readText();
        values.put(key, readValue(readInt(), 0));
      }
      return values;
    }

    private Object readValue(int type, int depth) {
      return switch (type) {
        case 0 -> (long) (readByte() & 0xFF);
        case 1 -> (long) readByte();
        case 2 -> (long) (readShort() & 0xFFFF);
        case 3 -> (long) readShort();
        case 4 -> readInt() & 0xFFFF_FFFFL;
        case 5 -> (long) readInt();
        case 6 -> (double) Float.intBitsToFloat(readInt());
        case 7 -> readByte() != 0;
        case 8 -> readText();
        case 9 -> readList(depth);
        case 10, 11 -> readLong();
        case 12 -> Double.longBitsToDouble(readLong());
        default -> throw broken("a type from 0 to 12");
      };
    }

    private List<Object> readList(int depth) {
      int type = readInt();
      long length = readLong();
      if (depth >= MAXIMUM_DEPTH || length < 0 || length > bytes.byteSize() - at) {
        throw broken("a list that fits the file");
      }
      List<Object> list = new ArrayList<>();
      for (long i = 0; i < length; i++) {
        list.add(readValue(type, depth + 1));
      }
      return list;
    }

    private String readText() {
      long length = readLong();
      if (length < 0 || length > bytes.byteSize() - at || length > Integer.MAX_VALUE - 16) {
        throw broken("a string that fits the file");
      }
      byte[] text = bytes.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
      at += length;
      return new String(text, StandardCharsets.UTF_8);
    }

    private byte readByte() {
      return bytes.get(ValueLayout.JAVA_BYTE, advance(1));
    }

    private short readShort() {
      return bytes.get(SHORT, advance(2));
    }

    private int readInt() {
      return bytes.get(INT, advance(4));
    }

    private long readLong() {
      return bytes.get(LONG, advance(8));
    }

    private long advance(int size) {
      if (bytes.byteSize() - at < size) {
        throw broken(size + " more bytes");
      }
      long from = at;
      at += size;
      return from;
    }

    private TokenizerException broken(String wanted) {
      return new TokenizerException(
          "%s is damaged or cut off: wanted %s at byte %d; fetch the file again"
              .formatted(source, wanted, at));
    }
  }
}
