package dev.myna.text.classify;

import dev.myna.WholeFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Arrays and texts in the safetensors layout: the header's length (8 bytes, little-endian), the
 * header (JSON: per array type, shape and place; texts under {@code __metadata__}), then the
 * arrays.
 *
 * @param texts texts by name
 * @param arrays {@code double[]}, {@code int[]} or {@code byte[]} by name
 */
record TensorFile(Map<String, String> texts, Map<String, Object> arrays) {
  private static final int LONGEST_HEADER = 100_000_000;

  void write(Path file) {
    JsonMapper mapper = JsonMapper.shared();
    ObjectNode header = mapper.createObjectNode();
    ObjectNode metadata = header.putObject("__metadata__");
    texts.forEach(metadata::put);
    long at = 0;
    for (Map.Entry<String, Object> array : arrays.entrySet()) {
      Kind kind = Kind.of(array.getValue());
      long end = at + (long) kind.length(array.getValue()) * kind.bytes;
      ObjectNode entry = header.putObject(array.getKey());
      entry.put("dtype", kind.name());
      entry.putArray("shape").add(kind.length(array.getValue()));
      entry.putArray("data_offsets").add(at).add(end);
      at = end;
    }
    byte[] json = mapper.writeValueAsBytes(header);
    int padding = (8 - json.length % 8) % 8;
    WholeFile.stream(
        file,
        out -> {
          out.write(
              ByteBuffer.allocate(8)
                  .order(ByteOrder.LITTLE_ENDIAN)
                  .putLong(json.length + padding)
                  .array());
          out.write(json);
          out.write(" ".repeat(padding).getBytes(StandardCharsets.US_ASCII));
          for (Object array : arrays.values()) {
            Kind.of(array).write(array, out);
          }
        });
  }

  static TensorFile read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      long headerLength = size < 8 ? -1 : read(channel, 0, 8).getLong();
      if (headerLength < 2 || headerLength > LONGEST_HEADER || headerLength > size - 8) {
        throw bad(file, "does not start with the length of a header", null);
      }
      byte[] json = read(channel, 8, (int) headerLength).array();
      JsonNode header;
      try {
        header = JsonMapper.shared().readTree(json);
      } catch (JacksonException e) {
        throw bad(file, "has a header that is not JSON", e);
      }
      long start = 8 + headerLength;
      Map<String, String> texts = new TreeMap<>();
      Map<String, Object> arrays = new LinkedHashMap<>();
      long end = 0;
      for (Map.Entry<String, JsonNode> entry : header.properties()) {
        if (entry.getKey().equals("__metadata__")) {
          entry
              .getValue()
              .properties()
              .forEach(t -> texts.put(t.getKey(), t.getValue().asString()));
          continue;
        }
        Kind kind = Kind.named(entry.getValue().path("dtype").asString(""));
        JsonNode place = entry.getValue().path("data_offsets");
        long from = place.path(0).asLong(-1);
        long to = place.path(1).asLong(-1);
        if (kind == null || from < 0 || to < from || (to - from) % kind.bytes != 0) {
          throw bad(file, "describes the array %s badly".formatted(entry.getKey()), null);
        }
        if (to > size - start || to - from > Integer.MAX_VALUE - 16) {
          throw bad(
              file,
              "is cut short: the array %s ends after the file".formatted(entry.getKey()),
              null);
        }
        arrays.put(entry.getKey(), kind.read(read(channel, start + from, (int) (to - from))));
        end = Math.max(end, to);
      }
      if (start + end != size) {
        throw bad(file, "has %d bytes after its arrays".formatted(size - start - end), null);
      }
      return new TensorFile(texts, arrays);
    } catch (IOException e) {
      throw new ClassifierException(
          "A classifier's file was wanted, but %s cannot be read.".formatted(file), e);
    }
  }

  private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    return buffer.flip();
  }

  String text(Path file, String name) {
    String text = texts.get(name);
    if (text == null) {
      throw bad(file, "has no text " + name, null);
    }
    return text;
  }

  double[] doubles(Path file, String name) {
    return array(file, name, double[].class);
  }

  int[] ints(Path file, String name) {
    return array(file, name, int[].class);
  }

  byte[] bytes(Path file, String name) {
    return array(file, name, byte[].class);
  }

  private <T> T array(Path file, String name, Class<T> type) {
    Object array = arrays.get(name);
    if (!type.isInstance(array)) {
      throw bad(file, "has no array %s of %s".formatted(name, type.getComponentType()), null);
    }
    return type.cast(array);
  }

  static ClassifierException bad(Path file, String what, @Nullable Throwable cause) {
    return new ClassifierException(
        "A classifier's file was wanted, but %s %s.".formatted(file, what), cause);
  }

  /** Types of arrays by their names in the layout. */
  private enum Kind {
    F64(8),
    I32(4),
    U8(1);

    final int bytes;

    Kind(int bytes) {
      this.bytes = bytes;
    }

    static Kind of(Object array) {
      return array instanceof double[] ? F64 : array instanceof int[] ? I32 : U8;
    }

    static @Nullable Kind named(String name) {
      for (Kind kind : values()) {
        if (kind.name().equals(name)) {
          return kind;
        }
      }
      return null;
    }

    int length(Object array) {
      return java.lang.reflect.Array.getLength(array);
    }

    void write(Object array, OutputStream out) throws IOException {
      int step = 8192 / bytes;
      ByteBuffer buffer = ByteBuffer.allocate(8192).order(ByteOrder.LITTLE_ENDIAN);
      for (int at = 0; at < length(array); at += step) {
        int count = Math.min(step, length(array) - at);
        switch (this) {
          case F64 -> buffer.asDoubleBuffer().put((double[]) array, at, count);
          case I32 -> buffer.asIntBuffer().put((int[]) array, at, count);
          case U8 -> buffer.duplicate().put((byte[]) array, at, count);
        }
        out.write(buffer.array(), 0, count * bytes);
      }
    }

    Object read(ByteBuffer buffer) {
      int count = buffer.remaining() / bytes;
      return switch (this) {
        case F64 -> {
          double[] array = new double[count];
          buffer.asDoubleBuffer().get(array);
          yield array;
        }
        case I32 -> {
          int[] array = new int[count];
          buffer.asIntBuffer().get(array);
          yield array;
        }
        case U8 -> {
          byte[] array = new byte[count];
          buffer.get(array);
          yield array;
        }
      };
    }
  }
}
