package dev.myna.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Peers: scripts, which lie beside the benchmarks that run them, and processes. */
public final class Peers {
  private Peers() {}

  /**
   * A process to be started that sees the environment of the user, without what the launcher of
   * this benchmark has set for Myna: allocator, arenas, threads.
   */
  public static ProcessBuilder process(List<String> command) {
    ProcessBuilder process = new ProcessBuilder(command);
    Map<String, String> environment = process.environment();
    String defaults = environment.getOrDefault("MYNA_DEFAULTS", "");
    environment.keySet().removeAll(List.of(defaults.split(" ")));
    environment.keySet().removeAll(List.of("MYNA_DEFAULTS", "MYNA_MAIN", "MYNA_CLASS_PATH"));
    return process;
  }

  /** Copies a benchmark's script to a file of its own, which an interpreter can read. */
  public static Path script(Class<?> benchmark, String name) throws IOException {
    Path script = Files.createTempFile("peer", "-" + name);
    try (InputStream in = benchmark.getResourceAsStream(name)) {
      Files.write(script, Objects.requireNonNull(in, name).readAllBytes());
    }
    script.toFile().deleteOnExit();
    return script;
  }
}
