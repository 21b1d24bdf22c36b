package dev.myna.cli;

import dev.myna.cli.Doctor.Finding;
import dev.myna.tensor.Device;
import dev.myna.tensor.Libtorch;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether libtorch loads here, and what it computes on. */
final class TensorProbe {
  private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");

  private TensorProbe() {}

  static Finding libtorch() {
    try {
      Libtorch.load();
      return Finding.good(
          "libtorch",
          "loaded; kernels for %s, %d threads"
              .formatted(Libtorch.capability(), Libtorch.threads()));
    } catch (LinkageError e) {
      return Finding.broken(
          "libtorch",
          "does not load: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          "there are natives for Linux and Windows on x86-64 and for macOS on arm64; Linux needs"
              + " glibc 2.28 or newer");
    }
  }

  static Finding gpu() {
    boolean driver = Files.exists(DRIVER);
    int cards;
    try {
      cards = Device.cudaDevices();
    } catch (LinkageError e) {
      return Finding.broken("gpu", "unknown, as libtorch does not load", "see libtorch above");
    }
    if (cards > 0) {
      return Finding.good(
          "gpu", "%d CUDA cards; train.device auto takes the first".formatted(cards));
    }
    return driver
        ? Finding.slow(
            "gpu",
            "there is an NVIDIA driver, but libtorch sees no CUDA card",
            "run with MYNA_GPU=1, with CUDA 13 and cuDNN 9 installed (docs/launcher.md)")
        : Finding.good("gpu", "no NVIDIA driver: the processor trains");
  }
}
