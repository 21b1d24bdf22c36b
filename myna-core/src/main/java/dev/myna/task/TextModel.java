package dev.myna.task;

import dev.myna.model.Pretrained;
import dev.myna.model.SequenceModel;
import dev.myna.nn.Module;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A model of texts and the names of what it says; what it says of them is its kind's. */
public interface TextModel {
  /** What is trained. */
  Module module();

  /** C. */
  int width();

  /** Names of what it says: classes or tags. */
  List<String> labels();

  /** The longest text that it reads, in tokens. */
  default int context() {
    return Integer.MAX_VALUE;
  }

  /** Writes the model into a folder that exists. */
  void save(Path folder);

  /** What a folder's configuration calls its model: a class of Transformers, or a kind of ours. */
  static String kind(JsonNode config) {
    return config
        .path("architectures")
        .path(0)
        .asString(config.path("model_type").asString("another"));
  }

  /** A Transformer. */
  interface OfPretrained extends TextModel {
    Pretrained pretrained();

    @Override
    default Module module() {
      return pretrained().model();
    }

    @Override
    default int width() {
      return pretrained().model().spec().width();
    }

    @Override
    default List<String> labels() {
      return pretrained().labels();
    }

    @Override
    default int context() {
      return pretrained().model().spec().context();
    }

    @Override
    default void save(Path folder) {
      pretrained().save(folder);
    }
  }

  /** A recurrent, convolutional or averaging model. */
  interface OfStored extends TextModel {
    SequenceModel stored();

    @Override
    default Module module() {
      return stored().model();
    }

    @Override
    default int width() {
      return stored().spec().size();
    }

    @Override
    default List<String> labels() {
      return stored().labels();
    }

    @Override
    default void save(Path folder) {
      stored().save(folder);
    }
  }
}
