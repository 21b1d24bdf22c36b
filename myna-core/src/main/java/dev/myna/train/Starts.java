package dev.myna.train;

import dev.myna.task.Translator;

/** The token that a decoder reads first. */
final class Starts {
  private Starts() {}

  /** As the model's configuration says, or else padding. */
  static int of(Translator translator, Marks marks) {
    return switch (translator) {
      case Translator.OfTransformer(var pretrained) ->
          pretrained.config().path("decoder_start_token_id").asInt(marks.padding());
      default -> marks.padding();
    };
  }
}
