package dev.myna.cli;

import dev.myna.tensor.Device;
import picocli.CommandLine.Option;

/** Where a model computes. */
final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      description = "auto, cpu, cuda, cuda:1 …: ${DEFAULT-VALUE} if left out.")
  String name = "auto";

  Device device() {
    return Device.of(name);
  }
}
