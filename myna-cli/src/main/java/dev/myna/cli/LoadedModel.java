package dev.myna.cli;

import dev.myna.MynaException;
import dev.myna.generate.CachedTransformer;
import dev.myna.generate.Detokenizer;
import dev.myna.generate.GenerationConfig;
import dev.myna.generate.Generator;
import dev.myna.model.Pretrained;
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
record LoadedModel(
    Path folder,
    Pretrained pretrained,
    Tokenizer tokenizer,
    GenerationConfig config,
    Device device) {

  /** Loads a Hugging Face folder, or the best model of a run. */
  static LoadedModel load(Path given, String device) {
    if (!Files.isDirectory(given)) {
      throw new MynaException(
          "a model's folder was wanted, but there is no folder %s; myna demo makes one"
              .formatted(given));
    }
    Path folder = Checkpoints.model(given);
    Tokenizer tokenizer = Tokenizer.load(folder);
    Device where = Device.of(device);
    Pretrained pretrained = Pretrained.load(folder);
    pretrained.model().moveTo(where);
    return new LoadedModel(folder, pretrained, tokenizer, GenerationConfig.read(folder), where);
  }

  Generator generator() {
    // One row at a time is bound by memory: rounding to bfloat16 on the way gains nothing.
    return new Generator(
        new CachedTransformer(pretrained.model(), device, Precision.FLOAT32),
        config,
        () -> Detokenizer.of(tokenizer));
  }

  /** The ids of a prompt as the model was trained to see it. */
  int[] ids(String prompt) {
    return tokenizer.encode(prompt).ids();
  }
}
