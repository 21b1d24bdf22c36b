package dev.myna.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessorTest {
  @Test
  void listsAreReadAsLinuxWritesThem() {
    assertThat(Processor.ranges("0")).containsExactly(0);
    assertThat(Processor.ranges("0-2,5,8-9")).containsExactly(0, 1, 2, 5, 8, 9);
  }

  @Test
  void thereAreNoMoreCoresThanProcessorsAndLibtorchTakesThemAll() {
    int processors = Runtime.getRuntime().availableProcessors();

    Processor.cores().ifPresent(cores -> assertThat(cores).isBetween(1, processors));
    if (System.getenv("OMP_NUM_THREADS") == null) {
      assertThat(Libtorch.cores()).isEqualTo(Processor.cores().orElse(Libtorch.cores()));
    }
  }
}
