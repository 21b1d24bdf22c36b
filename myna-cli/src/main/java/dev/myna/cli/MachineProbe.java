package dev.myna.cli;

import dev.myna.cli.Doctor.Finding;
import dev.myna.tensor.Device;
import dev.myna.tensor.Processor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What the JVM and the system tell about the machine. */
final class MachineProbe {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final int OLDEST_JDK = 25;
  private static final long SMALL_MEMORY = 4L << 30;

  private MachineProbe() {}

  static Finding jdk() {
    String found =
        "Java %s, %s, %s"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vm.name"),
                System.getProperty("java.home"));
    return Runtime.version().feature() >= OLDEST_JDK
        ? Finding.good("jdk", found)
        : Finding.broken("jdk", found, "install a JDK 25 and set JAVA_HOME to it");
  }

  static Finding processor() {
    int cores = Runtime.getRuntime().availableProcessors();
    Set<String> flags = Processor.flags();
    String kind = "%s, %s, %d cores".formatted(model(), System.getProperty("os.arch"), cores);
    if (flags.isEmpty()) {
      return Finding.good("processor", kind);
    }
    List<String> wanted =
        List.of("avx2", "fma", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16");
    String found = kind + ": " + String.join(" ", wanted.stream().filter(flags::contains).toList());
    return flags.contains("avx2") || !System.getProperty("os.arch").equals("amd64")
        ? Finding.good("processor", found)
        : Finding.slow("processor", found, "without AVX2 everything is several times slower");
  }

  static Finding bfloat16() {
    if (Device.CPU.fastBfloat16()) {
      return Finding.good("bfloat16", "the processor multiplies bfloat16; training uses it");
    }
    String found =
        Processor.flags().isEmpty()
            ? "unknown: this system does not list the processor's instructions"
            : "the processor has no bfloat16 instructions that training uses";
    return Finding.slow("bfloat16", found, "training uses float32 (train.precision: float32)");
  }

  static Finding memory() {
    var system =
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    long total = system.getTotalMemorySize();
    String found =
        "%.1f GB, %.1f free; Java heap up to %.1f GB"
            .formatted(
                total / 1e9,
                system.getFreeMemorySize() / 1e9,
                Runtime.getRuntime().maxMemory() / 1e9);
    return total >= SMALL_MEMORY
        ? Finding.good("memory", found)
        : Finding.slow("memory", found, "train small models only: below 20 million parameters");
  }

  private static String model() {
    try {
      return Files.readAllLines(CPU_INFO, StandardCharsets.UTF_8).stream()
          .filter(line -> line.startsWith("model name") && line.contains(":"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.name"));
    } catch (IOException e) {
      return System.getProperty("os.name");
    }
  }
}
