package dev.myna.model;

import dev.myna.nn.Embedding;
import dev.myna.nn.Head;
import dev.myna.nn.Linear;
import dev.myna.nn.Module;
import dev.myna.nn.Norm;
import dev.myna.spec.BlockSpec;
import dev.myna.spec.InitialWeights;
import dev.myna.spec.ModelSpec;
import dev.myna.spec.NormPlace;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Random;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Fresh weights, normal, biases zero and gains one.
 *
 * <p>As GPT-2 has them (Radford et al., 2019): of one small deviation, and the layers that write
 * into the stream of residuals scaled down by the root of their number, so that the stream does not
 * grow with depth. Where norms stand after the additions, nothing grows, and nothing is scaled
 * down.
 *
 * <p>As T5 has them (Raffel et al., 2020): by what enters a unit; those of queries are smaller by
 * the root of a head's size, by which T5 does not scale its scores.
 */
public final class Initialization {
  private static final Pattern QUERY = Pattern.compile(".*(attention|cross)\\.query");
  private static final Pattern INTO_STREAM = Pattern.compile(".*(attention|cross)\\.out|.*\\.down");

  private Initialization() {}

  /** Sets all weights of a model from a stream of random numbers. */
  public static void initialize(Transformer model, Random random) {
    Deviations deviations =
        switch (model.spec().initial()) {
          case InitialWeights.Normal normal -> alike(normal.deviation(), model.spec());
          case InitialWeights.ByInputs byInputs -> byInputs(byInputs.factor(), model.spec());
        };
    try (Gradients off = Gradients.off()) {
      model
          .modules()
          .forEach((name, module) -> initialize(module, random, deviations.of(name, module)));
    }
  }

  /** How large the weights of a module are, by its name. */
  private interface Deviations {
    double of(String name, Module module);
  }

  private static Deviations alike(double deviation, ModelSpec spec) {
    List<BlockSpec> blocks = spec.top().blocks();
    boolean grows = blocks.stream().anyMatch(block -> block.place() != NormPlace.AFTER);
    double residuals = grows ? 2.0 * blocks.size() : 1;
    return (name, module) ->
        INTO_STREAM.matcher(name).matches() ? deviation / Math.sqrt(residuals) : deviation;
  }

  private static Deviations byInputs(double factor, ModelSpec spec) {
    int headSize = spec.top().blocks().getFirst().attention().headSize();
    return (name, module) ->
        switch (module) {
          case Embedding embedding -> factor;
          case Linear linear ->
              factor
                  / Math.sqrt(
                      linear.weight().size(1) * (QUERY.matcher(name).matches() ? headSize : 1));
          default -> factor / Math.sqrt(spec.width());
        };
  }

  private static void initialize(Module module, Random random, double deviation) {
    switch (module) {
      case Linear linear -> {
        normal(linear.weight(), random, deviation);
        if (linear.bias() != null) {
          linear.bias().zero_();
        }
      }
      case Embedding embedding -> normal(embedding.weight(), random, deviation);
      case Norm norm -> norm.reset();
      case Head head -> head.reset();
      default -> {
        if (module.children().isEmpty()) {
          module.parameters().values().forEach(p -> normal(p, random, deviation));
        }
      }
    }
  }

  private static void normal(Tensor weight, Random random, double deviation) {
    try (Scope scope = Scope.open()) {
      weight.copy_(random.normal(weight.shape()).mul(deviation));
    }
  }
}
