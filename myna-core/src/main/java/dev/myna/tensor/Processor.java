package dev.myna.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What the processor says of itself. */
public final class Processor {
  private static final Set<String> FLAGS = readFlags();

  private Processor() {}

  /**
   * Whether the processor has an instruction set, by Linux's name of its flag: {@code avx2}, {@code
   * avx512f}, {@code avx512_bf16}, {@code amx_bf16}. On other systems always false.
   */
  public static boolean has(String flag) {
    return FLAGS.contains(flag);
  }

  /** All flags that are known; empty where the system does not tell. */
  public static Set<String> flags() {
    return FLAGS;
  }

  /** Number of processors that this process may use. */
  public static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static Set<String> readFlags() {
    try {
      List<String> lines = Files.readAllLines(Path.of("/proc/cpuinfo"));
      for (String line : lines) {
        if (line.startsWith("flags")) {
          return Set.of(line.substring(line.indexOf(':') + 1).trim().split(" +"));
        }
      }
    } catch (IOException e) {
      // Not Linux, or a sandbox: nothing is known.
    }
    return Set.of();
  }
}
