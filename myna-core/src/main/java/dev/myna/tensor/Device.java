package dev.myna.tensor;

import org.bytedeco.pytorch.global.torch;

/**
 * Where a tensor's memory lies.
 *
 * @param kind processor or graphics card
 * @param index which card; 0 for the processor
 */
public record Device(Kind kind, int index) {
  /** The kinds of device. */
  public enum Kind {
    CPU,
    CUDA
  }

  /** The processor's memory. */
  public static final Device CPU = new Device(Kind.CPU, 0);

  /** The first graphics card, if there is one, else the processor. */
  public static Device best() {
    return cudaDevices() > 0 ? new Device(Kind.CUDA, 0) : CPU;
  }

  /** Number of CUDA cards that libtorch can use; 0 with the CPU natives. */
  public static int cudaDevices() {
    Libtorch.load();
    return torch.cuda_is_available() ? torch.cuda_device_count() : 0;
  }

  /**
   * Reads {@code cpu}, {@code cuda}, {@code cuda:1} or {@code auto}.
   *
   * @throws IllegalArgumentException for anything else, and for a card that is not there
   */
  public static Device of(String name) {
    if (name.equals("auto")) {
      return best();
    }
    if (name.equals("cpu")) {
      return CPU;
    }
    if (name.matches("cuda(:\\d{1,2})?")) {
      int index = name.length() > 4 ? Integer.parseInt(name.substring(5)) : 0;
      int count = cudaDevices();
      if (index >= count) {
        throw new IllegalArgumentException(
            "device %s was asked for, but libtorch sees %d CUDA cards; use cpu, or run doctor"
                .formatted(name, count));
      }
      return new Device(Kind.CUDA, index);
    }
    throw new IllegalArgumentException("device must be auto, cpu or cuda:N, found " + name);
  }

  /**
   * Whether bf16 matrix products are faster here than float32 ones: a processor with AVX-512 BF16
   * or AMX instructions, or a card.
   */
  public boolean fastBfloat16() {
    return switch (kind) {
      case CPU -> Processor.has("avx512_bf16") || Processor.has("amx_bf16");
      case CUDA -> true;
    };
  }

  org.bytedeco.pytorch.Device raw() {
    return new org.bytedeco.pytorch.Device(toString());
  }

  @Override
  public String toString() {
    return kind == Kind.CPU ? "cpu" : "cuda:" + index;
  }
}
