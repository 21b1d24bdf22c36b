package dev.myna.generate;

import dev.myna.nn.Module;

/**
 * A model that was loaded to generate, whose weights nobody else uses.
 *
 * @param model generates
 * @param weights freed when it is closed
 */
record WithWeights(NextToken model, Module weights) implements NextToken {
  @Override
  public float[][] prefill(int[][] prompts) {
    return model.prefill(prompts);
  }

  @Override
  public float[][] step(int[] tokens) {
    return model.step(tokens);
  }

  @Override
  public void reorder(int[] parents) {
    model.reorder(parents);
  }

  @Override
  public int vocabulary() {
    return model.vocabulary();
  }

  @Override
  public int context() {
    return model.context();
  }

  @Override
  public void close() {
    model.close();
    weights.free();
  }
}
