package dev.myna.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Allocator;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TensorHeapTest {
  @BeforeAll
  static void load() {
    Libtorch.load();
  }

  @Test
  void isUsedWhereItCanBe() {
    boolean can =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64")
            && !"system".equals(System.getenv("MYNA_ALLOCATOR"));

    assertThat(TensorHeap.used()).isEqualTo(can);
  }

  @Test
  void givesAlignedMemoryAndTakesItBack() {
    try (Allocator heap = torch.getCPUAllocator()) {
      for (long bytes : new long[] {1, 63, 64, 65, 80, 112, 4096, 100_000, 10_000_000}) {
        List<Pointer> given = Stream.generate(() -> heap.raw_allocate(bytes)).limit(4).toList();
        assertThat(given).allMatch(pointer -> pointer.address() % 64 == 0);
        given.forEach(heap::raw_deallocate);
      }
    }
  }

  /** The exception of C++ must come through as one of Java. */
  @Test
  void tellsWhenThereIsNoMemory() {
    assertThatThrownBy(() -> Tensor.zeros(1L << 55)).hasMessageContaining("memory");

    assertThat(Tensor.zeros(2, 3).sum().item()).isZero();
  }

  @Test
  void tensorsWithoutElementsAreFine() {
    assertThat(Tensor.zeros(0, 3).shape()).containsExactly(0, 3);
  }

  @Test
  void threadsShareIt() {
    double sum =
        IntStream.range(0, 10_000)
            .parallel()
            .mapToDouble(
                i -> {
                  try (Scope scope = Scope.open()) {
                    return Tensor.full(1, DType.FLOAT32, Device.CPU, 1 + i % 100).sum().item();
                  }
                })
            .sum();

    assertThat(sum).isEqualTo(10_000 * 50.5);
  }

  /** Of freed memory blocks of another size are made, of 160 MB the most. */
  @Test
  void memoryOfOneSizeServesAnother() {
    touch(40, 1 << 20);
    long before = ProcessMemory.resident();
    touch(20, 1 << 21);
    touch(160, 1 << 18);

    assertThat(ProcessMemory.resident() - before).isLessThan(80L << 20);
  }

  private static void touch(int tensors, long elements) {
    try (Scope scope = Scope.open()) {
      for (int i = 0; i < tensors; i++) {
        Tensor unused = Tensor.full(1, DType.FLOAT32, Device.CPU, elements);
      }
    }
  }
}
