package dev.myna.model;

import dev.myna.nn.Convolution;
import dev.myna.nn.Embedding;
import dev.myna.nn.Head;
import dev.myna.nn.Linear;
import dev.myna.nn.Module;
import dev.myna.nn.Norm;
import dev.myna.nn.Positions;
import dev.myna.nn.ProjectedLstm;
import dev.myna.nn.Recurrent;
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
 * Fresh weights, biases zero and gains one.
 *
 * <p>As GPT-2 has them (Radford et al., 2019): of one small deviation, and the layers that write
 * into the stream of residuals scaled down by the root of their number, so that the stream does not
 * grow with depth. Where norms stand after the additions, nothing grows, and nothing is scaled
 * down.
 *
 * <p>As T5 has them (Raffel et al., 2020): by what enters a unit; those of queries are smaller by
 * the root of a head's size, by which T5 does not scale its scores.
 *
 * <p>Or by what enters and leaves a unit (Glorot and Bengio, 2010; He et al., 2015), which any
 * model can have.
 */
public final class Initialization {
  private static final Pattern QUERY = Pattern.compile(".*(attention|cross)\\.query");
  private static final Pattern INTO_STREAM = Pattern.compile(".*(attention|cross)\\.out|.*\\.down");

  private Initialization() {}

  /** Sets all weights of a model, as its spec wants them, from a stream of random numbers. */
  public static void initialize(Transformer model, Random random) {
    switch (model.spec().initial()) {
      case InitialWeights.Normal normal ->
          initialize(model, random, alike(normal.deviation(), model.spec()));
      case InitialWeights.ByInputs byInputs ->
          initialize(model, random, byInputs(byInputs.factor(), model.spec()));
      case InitialWeights.ByFans byFans -> initialize(model, byFans, random);
    }
  }

  private static void initialize(Transformer model, Random random, Deviations deviations) {
    try (Gradients off = Gradients.off()) {
      model
          .modules()
          .forEach((name, module) -> initialize(module, random, deviations.of(name, module)));
    }
  }

  /**
   * Sets all matrices of any model by what enters and leaves a unit, as {@code torch.nn.init}
   * counts it: of (out, in, K) weights, K · in and K · out. Biases of linear layers become zero,
   * norms do nothing, and what else is no matrix stays as it was made.
   *
   * @param random where the numbers come from
   */
  public static void initialize(Module model, InitialWeights.ByFans weights, Random random) {
    try (Gradients off = Gradients.off()) {
      for (Module module : model.modules().values()) {
        switch (module) {
          case Norm norm -> norm.reset();
          case Head head -> head.reset();
          case Embedding table -> table(table.weight(), weights, random);
          case Positions places ->
              places.parameters().values().forEach(table -> table(table, weights, random));
          default ->
              module.ownParameters().values().stream()
                  .filter(parameter -> parameter.dim() > 1)
                  .forEach(parameter -> byFans(parameter, weights, random));
        }
        if (module instanceof Linear linear && linear.bias() != null) {
          linear.bias().zero_();
        }
      }
    }
  }

  /** Of (V, C): what is looked up is of length one, about. */
  private static void table(Tensor table, InitialWeights.ByFans weights, Random random) {
    draw(table, random, 1 / Math.sqrt(table.size(1)), weights.uniform());
  }

  private static void byFans(Tensor weight, InitialWeights.ByFans weights, Random random) {
    long out = weight.size(0);
    long in = weight.numel() / out;
    double deviation = weights.deviation(in, out * (in / weight.size(1)));
    draw(weight, random, deviation, weights.uniform());
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

  /**
   * Sets the weights of layers of models that are no Transformers: uniform, of layers within one
   * over the root of what enters a unit (as in {@code torch.nn}), of embeddings within their range.
   */
  public static void initialize(Module model, double embeddings, Random random) {
    try (Gradients off = Gradients.off()) {
      for (Module module : model.modules().values()) {
        double range =
            switch (module) {
              case Embedding embedding -> embeddings;
              case Linear linear -> root(linear.weight().size(1));
              case Recurrent recurrent -> root(recurrent.spec().width());
              case ProjectedLstm lstm -> root(lstm.width());
              case Convolution convolution ->
                  root(convolution.weight().size(1) * convolution.weight().size(2));
              default -> 0;
            };
        if (range > 0) {
          module.parameters().values().forEach(parameter -> within(parameter, range, random));
        }
      }
    }
  }

  private static double root(long entering) {
    return 1 / Math.sqrt(entering);
  }

  private static void within(Tensor parameter, double range, Random random) {
    try (Scope scope = Scope.open()) {
      parameter.copy_(random.uniform(parameter.shape()).mul(2 * range).add(-range));
    }
  }

  private static void normal(Tensor weight, Random random, double deviation) {
    draw(weight, random, deviation, false);
  }

  private static void draw(Tensor weight, Random random, double deviation, boolean uniform) {
    try (Scope scope = Scope.open()) {
      Tensor standard =
          uniform
              ? random.uniform(weight.shape()).mul(2).add(-1).mul(Math.sqrt(3))
              : random.normal(weight.shape());
      weight.copy_(standard.mul(deviation));
    }
  }
}
