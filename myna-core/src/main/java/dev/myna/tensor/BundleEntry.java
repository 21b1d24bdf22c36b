package dev.myna.tensor;

import dev.myna.text.format.Protobuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a tensor of a {@link TensorBundle} lies, and what it is: the message {@code
 * BundleEntryProto}.
 *
 * @param type number of {@code tensorflow.DataType}
 * @param file number of the file, from 0
 * @param checksum of the elements, masked
 * @param sliced whether it lies in several pieces under other names
 */
record BundleEntry(
    int type, long[] shape, int file, long offset, long bytes, int checksum, boolean sliced) {
  /** By the numbers of {@code tensorflow.DataType}. */
  private static final Map<Integer, DType> TYPES =
      Map.of(
          1, DType.FLOAT32,
          2, DType.FLOAT64,
          3, DType.INT32,
          4, DType.UINT8,
          5, DType.INT16,
          6, DType.INT8,
          9, DType.INT64,
          10, DType.BOOL,
          14, DType.BFLOAT16,
          19, DType.FLOAT16);

  static BundleEntry read(Protobuf message) {
    int type = 0;
    long[] shape = {};
    long file = 0;
    long offset = 0;
    long bytes = 0;
    int checksum = 0;
    boolean sliced = false;
    while (message.next()) {
      switch (message.field()) {
        case 1 -> type = (int) message.number();
        case 2 -> shape = shape(message.message());
        case 3 -> file = message.number();
        case 4 -> offset = message.number();
        case 5 -> bytes = message.number();
        case 6 -> checksum = message.bits();
        case 7 -> {
          sliced = true;
          message.skip();
        }
        default -> message.skip();
      }
    }
    return new BundleEntry(
        type, shape, (int) Math.min(file, Integer.MAX_VALUE), offset, bytes, checksum, sliced);
  }

  private static long[] shape(Protobuf message) {
    List<Long> sizes = new ArrayList<>();
    while (message.next()) {
      if (message.field() == 2) {
        long size = 0;
        Protobuf dimension = message.message();
        while (dimension.next()) {
          if (dimension.field() == 1) {
            size = dimension.number();
          } else {
            dimension.skip();
          }
        }
        sizes.add(size);
      } else {
        message.skip();
      }
    }
    return sizes.stream().mapToLong(size -> size).toArray();
  }

  /** The type of the elements; null where tensors here have no such type. */
  @Nullable DType dtype() {
    return TYPES.get(type);
  }

  /** Bytes of the shape; -1 where it is none. */
  long wantedBytes(DType of) {
    long wanted = of.bytes();
    for (long size : shape) {
      if (size < 0 || (size > 0 && wanted > Long.MAX_VALUE / size)) {
        return -1;
      }
      wanted *= size;
    }
    return wanted;
  }
}
