package dev.myna.cli;

import dev.myna.cli.Doctor.Finding;
import dev.myna.tensor.Device;
import dev.myna.tensor.Libtorch;
import dev.myna.tensor.Processor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Whether libtorch loads here, and what it computes on. */
final class TensorProbe {
  private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");

  /** OpenBLAS's names of kernels with AVX-512. */
  private static final Set<String> WIDE = Set.of("SkylakeX", "Cooperlake", "SapphireRapids");

  private TensorProbe() {}

  static Finding libtorch() {
    try {
      Libtorch.load();
      String found =
          "loaded; kernels for %s, %d threads, tensors in %s heap"
              .formatted(Libtorch.capability(), Libtorch.cores(), Libtorch.heap());
      String forced = System.getenv("OPENBLAS_CORETYPE");
      return Processor.has("avx512f") && forced != null && !WIDE.contains(forced)
          ? Finding.slow(
              "libtorch",
              "%s; OPENBLAS_CORETYPE is %s".formatted(found, forced),
              "unset OPENBLAS_CORETYPE: products in float32 take twice as long without AVX-512")
          : Finding.good("libtorch", found);
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
