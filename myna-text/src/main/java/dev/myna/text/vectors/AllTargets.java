package dev.myna.text.vectors;

/** Every output row; which of them should answer 1 is filled in by the caller. */
final class AllTargets implements Targets {
  private final int outputs;
  private final int stride;

  AllTargets(int outputs, int stride) {
    this.outputs = outputs;
    this.stride = stride;
  }

  @Override
  public int most() {
    return outputs;
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public int fill(int word, Draws draws, int[] rows, float[] answers) {
    for (int i = 0; i < outputs; i++) {
      rows[i] = i * stride;
      answers[i] = i == word ? 1 : 0;
    }
    return outputs;
  }
}
