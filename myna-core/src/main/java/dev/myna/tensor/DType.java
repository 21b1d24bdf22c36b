package dev.myna.tensor;

import java.util.List;
import java.util.Locale;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The type of a tensor's elements. */
public enum DType {
  FLOAT64(ScalarType.Double, 8, "F64"),
  FLOAT32(ScalarType.Float, 4, "F32"),
  FLOAT16(ScalarType.Half, 2, "F16"),
  BFLOAT16(ScalarType.BFloat16, 2, "BF16"),
  INT64(ScalarType.Long, 8, "I64"),
  INT32(ScalarType.Int, 4, "I32"),
  INT16(ScalarType.Short, 2, "I16"),
  INT8(ScalarType.Char, 1, "I8"),
  UINT8(ScalarType.Byte, 1, "U8"),
  BOOL(ScalarType.Bool, 1, "BOOL");

  private static final List<DType> ALL = List.of(values());

  private final ScalarType scalarType;
  private final int bytes;
  private final String safetensorsName;

  DType(ScalarType scalarType, int bytes, String safetensorsName) {
    this.scalarType = scalarType;
    this.bytes = bytes;
    this.safetensorsName = safetensorsName;
  }

  /** Size of one element in bytes. */
  public int bytes() {
    return bytes;
  }

  /** Whether the elements are floating-point numbers. */
  public boolean floating() {
    return switch (this) {
      case FLOAT64, FLOAT32, FLOAT16, BFLOAT16 -> true;
      case INT64, INT32, INT16, INT8, UINT8, BOOL -> false;
    };
  }

  /** The name that Hugging Face configurations use: {@code float32}, {@code bfloat16}. */
  public String configName() {
    return name().toLowerCase(Locale.ROOT);
  }

  ScalarType scalarType() {
    return scalarType;
  }

  String safetensorsName() {
    return safetensorsName;
  }

  static DType of(ScalarType type) {
    // JavaCPP makes new enum objects for values that come from C++: they are known by their value.
    for (DType dtype : ALL) {
      if (dtype.scalarType.value == type.value) {
        return dtype;
      }
    }
    throw new IllegalArgumentException(
        "no element type of Myna matches libtorch's " + type.intern());
  }
}
