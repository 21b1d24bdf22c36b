package dev.myna.model;

import dev.myna.nn.Embedding;
import dev.myna.nn.Head;
import dev.myna.nn.Linear;
import dev.myna.nn.Module;
import dev.myna.nn.Norm;
import dev.myna.spec.BlockSpec;
import dev.myna.spec.NormPlace;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Random;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Fresh weights as GPT-2 has them (Radford et al., 2019): normal with a small deviation, biases
 * zero, gains one, and the layers that write into the stream of residuals scaled down by the root
 * of their number, so that the stream does not grow with depth. Where norms stand after the
 * additions, nothing grows, and nothing is scaled down.
 */
public final class Initialization {
  private static final Pattern INTO_STREAM = Pattern.compile(".*(attention|cross)\\.out|.*\\.down");

  private Initialization() {}

  /** Sets all weights of a model from a stream of random numbers. */
  public static void initialize(Transformer model, Random random) {
    double deviation = model.spec().initialDeviation();
    List<BlockSpec> blocks = model.spec().top().blocks();
    boolean grows = blocks.stream().anyMatch(block -> block.place() != NormPlace.AFTER);
    double residuals = grows ? 2.0 * blocks.size() : 1;
    try (Gradients off = Gradients.off()) {
      for (Map.Entry<String, Module> entry : model.modules().entrySet()) {
        boolean intoStream = INTO_STREAM.matcher(entry.getKey()).matches();
        initialize(
            entry.getValue(), random, intoStream ? deviation / Math.sqrt(residuals) : deviation);
      }
    }
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
