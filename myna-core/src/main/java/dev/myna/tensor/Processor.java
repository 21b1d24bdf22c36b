package dev.myna.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** What the processor says of itself. */
public final class Processor {
  private static final Path SYSTEM = Path.of("/sys/devices/system/cpu");
  private static final Set<String> FLAGS = readFlags();

  private Processor() {}

  /**
   * Whether the processor has an instruction set, by Linux's name of its flag: {@code avx2}, {@code
   * avx512f}, {@code avx512_bf16}, {@code amx_bf16}, on ARM {@code bf16}. On other systems always
   * false.
   */
  public static boolean has(String flag) {
    return FLAGS.contains(flag);
  }

  /** All flags that are known; empty where the system does not tell. */
  public static Set<String> flags() {
    return FLAGS;
  }

  /**
   * Number of cores that this process may use, two threads of one core counted once, as Linux sees
   * them: inside virtual machines the processor's own numbers, from which libtorch counts, may call
   * two cores one. Empty on other systems.
   */
  public static OptionalInt cores() {
    try {
      int cores = cores(SYSTEM, allowed());
      return cores == 0
          ? OptionalInt.empty()
          : OptionalInt.of(Math.min(cores, Runtime.getRuntime().availableProcessors()));
    } catch (IOException | NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  /**
   * Number of cores of some threads. Linux also allows a process threads that a machine does not
   * have, or has switched off: they have no topology and do not count.
   */
  static int cores(Path system, Set<Integer> threads) throws IOException {
    Set<String> cores = new HashSet<>();
    for (int thread : threads) {
      Path siblings = system.resolve("cpu" + thread + "/topology/thread_siblings_list");
      if (Files.exists(siblings)) {
        cores.add(Files.readString(siblings));
      }
    }
    return cores.size();
  }

  /** The threads of processors on which this process may run. */
  private static Set<Integer> allowed() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("Cpus_allowed_list:")) {
        return ranges(line.substring(line.indexOf(':') + 1).strip());
      }
    }
    return Set.of();
  }

  /** The numbers of a list as Linux writes it: {@code 0-2,5}. */
  static Set<Integer> ranges(String list) {
    Set<Integer> numbers = new TreeSet<>();
    for (String range : list.split(",")) {
      String[] ends = range.split("-");
      for (int i = Integer.parseInt(ends[0]); i <= Integer.parseInt(ends[ends.length - 1]); i++) {
        numbers.add(i);
      }
    }
    return numbers;
  }

  private static Set<String> readFlags() {
    try {
      List<String> lines = Files.readAllLines(Path.of("/proc/cpuinfo"));
      for (String line : lines) {
        if (line.startsWith("flags") || line.startsWith("Features")) { // the latter on ARM
          return Set.of(line.substring(line.indexOf(':') + 1).trim().split(" +"));
        }
      }
    } catch (IOException e) {
      // Not Linux, or a sandbox: nothing is known.
    }
    return Set.of();
  }
}
