package dev.myna.model;

import dev.myna.spec.AttentionSpec;
import dev.myna.spec.BlockSpec;
import dev.myna.spec.ModelSpec;
import dev.myna.spec.NormPlace;
import dev.myna.spec.NormSpec;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Mistral (Jiang et al., 2023): LLaMA with a sliding window over the keys. */
final class Mistral implements Family {
  @Override
  public ModelSpec spec(Settings settings) {
    int window = settings.present("sliding_window") ? settings.integer("sliding_window", 0) : 4096;
    AttentionSpec attention = Decoders.attention(settings, 8, 0, false, false).windowed(window);
    BlockSpec block =
        new BlockSpec(
            new NormSpec.Rms(settings.number("rms_norm_eps", 1e-6)),
            NormPlace.BEFORE,
            attention,
            Decoders.gated(settings, false));
    return Decoders.decoder(
        settings,
        Collections.nCopies(settings.integer("num_hidden_layers"), block),
        new Decoders.Decoding(131_072, 10_000, false, 1, 0));
  }

  @Override
  public NameMap names(Settings settings, ModelSpec spec) {
    return Decoders.names(settings, spec).build();
  }

  @Override
  public List<String> heads() {
    return Decoders.HEADS;
  }

  @Override
  public Set<Choice> choices() {
    return Decoders.choices(Choice.WINDOW);
  }

  @Override
  public ObjectNode config(Shape shape) {
    return Families.putWindow(Decoders.config(shape, "mistral", "Mistral"), shape);
  }
}
