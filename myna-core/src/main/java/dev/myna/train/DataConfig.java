package dev.myna.train;

import java.util.List;
import java.util.Optional;

/** The texts that a model is trained and judged on. */
public record DataConfig(
    @Key(
            "Files, folders or globs to train on; .gz is unpacked, .jsonl read by its field."
                + " bundled:tiny-shakespeare is the text that comes with Myna.")
        List<String> train,
    @Key("Files, folders or globs to judge by; if left out, the end of the training text.")
        List<String> validation,
    @Key(
            value = "Share of the training text held out where validation names no files.",
            otherwise = "0.1",
            least = 0,
            most = 0.9)
        double validationFraction,
    @Key(value = "Field of a .jsonl line that holds the text.", otherwise = "text") String field,
    @Key("Special token put after every document; documents join without one if left out.")
        Optional<String> separator) {

  public DataConfig {
    train = List.copyOf(train);
    validation = List.copyOf(validation);
    if (train.isEmpty()) {
      throw new IllegalArgumentException("train must name at least one file, folder or glob");
    }
  }
}
