package dev.myna.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The scripts of peers, which lie beside the benchmarks that run them. */
public final class PeerScript {
  private PeerScript() {}

  /** Copies a benchmark's script to a file of its own, which an interpreter can read. */
  public static Path of(Class<?> benchmark, String name) throws IOException {
    Path script = Files.createTempFile("peer", "-" + name);
    try (InputStream in = benchmark.getResourceAsStream(name)) {
      Files.write(script, Objects.requireNonNull(in, name).readAllBytes());
    }
    script.toFile().deleteOnExit();
    return script;
  }
}
