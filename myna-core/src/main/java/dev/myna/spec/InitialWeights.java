package dev.myna.spec;

/** How large fresh weights are. */
public sealed interface InitialWeights {
  /** Normal with one deviation for all, as BERT and GPT-2 have them. */
  record Normal(double deviation) implements InitialWeights {
    public Normal {
      Require.that(deviation >= 0, "deviation must not be negative, found %s", deviation);
    }
  }

  /**
   * Normal, of layers with one over the root of what enters a unit, of embeddings with one: for
   * models that scale neither their scores nor what enters their head as others do (T5).
   *
   * @param factor of all deviations
   */
  record ByInputs(double factor) implements InitialWeights {
    public ByInputs {
      Require.that(factor >= 0, "factor must not be negative, found %s", factor);
    }
  }
}
