package dev.myna.cli;

import dev.myna.MynaException;
import dev.myna.generate.Detokenizer;
import dev.myna.generate.GenerationConfig;
import dev.myna.generate.Generator;
import dev.myna.generate.NextToken;
import dev.myna.nn.Precision;
import dev.myna.tensor.Device;
import dev.myna.text.Tokenizer;
import dev.myna.train.Checkpoints;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A model ready to write: what a folder holds, on a device.
 *
 * @param folder of the model itself; within a run, its best checkpoint
 */
record LoadedModel(Path folder, NextToken model, Tokenizer tokenizer, GenerationConfig config) {
  /** Loads a folder that goes on from texts, or the best model of a run. */
  static LoadedModel load(Path given, Device device) {
    Path folder = folder(given);
    Tokenizer tokenizer = Tokenizer.load(folder);
    // One row at a time is bound by memory: rounding to bfloat16 on the way gains nothing.
    NextToken model = NextToken.load(folder, device, Precision.FLOAT32);
    return new LoadedModel(folder, model, tokenizer, GenerationConfig.read(folder));
  }

  /** The folder of the model itself. */
  static Path folder(Path given) {
    if (!Files.isDirectory(given)) {
      throw new MynaException(
          "a model's folder was wanted, but there is no folder %s; myna demo makes one"
              .formatted(given));
    }
    return Checkpoints.model(given);
  }

  /** What goes on from texts; to close it is to give the model up. */
  Generator generator() {
    return new Generator(model, config, () -> Detokenizer.of(tokenizer));
  }

  /** The ids of a prompt as the model was trained to see it; all of it, or it is refused. */
  int[] ids(String prompt) {
    var unused = tokenizer.idsOfAll(prompt);
    return tokenizer.encode(prompt).ids();
  }
}
