package dev.myna.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorTest {
  @Test
  void listsAreReadAsLinuxWritesThem() {
    assertThat(Processor.ranges("0")).containsExactly(0);
    assertThat(Processor.ranges("0-2,5,8-9")).containsExactly(0, 1, 2, 5, 8, 9);
  }

  @Test
  void twoThreadsOfACoreCountOnceAndThreadsThatAreNotThereDoNot(@TempDir Path system)
      throws IOException {
    String[] siblings = {"0,2", "1,3", "0,2", "1,3", "4"};
    for (int i = 0; i < siblings.length; i++) {
      Path topology = Files.createDirectories(system.resolve("cpu" + i + "/topology"));
      Files.writeString(topology.resolve("thread_siblings_list"), siblings[i] + "\n");
    }

    assertThat(Processor.cores(system, Processor.ranges("0-127"))).isEqualTo(3);
    assertThat(Processor.cores(system, Processor.ranges("0,2"))).isOne();
    assertThat(Processor.cores(system, Processor.ranges("64-127"))).isZero();
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
