package dev.myna.tensor;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory this process holds, native memory included. */
public final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private ProcessMemory() {}

  /** Bytes in memory now; where the system does not tell, those of the Java heap. */
  public static long resident() {
    return read("VmRSS:");
  }

  /** The most bytes that were in memory at once. */
  public static long peak() {
    return read("VmHWM:");
  }

  /**
   * The most bytes that there can be: those of the machine, or of the container that this runs in.
   */
  public static long machine() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  private static long read(String key) {
    try {
      String status = Files.readString(STATUS);
      int at = status.indexOf(key);
      if (at >= 0) {
        String kilobytes = status.substring(at + key.length(), status.indexOf(" kB", at));
        return 1024 * Long.parseLong(kilobytes.strip());
      }
    } catch (IOException e) {
      // Not Linux.
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
