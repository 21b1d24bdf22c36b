package dev.myna.model;

/**
 * The size of a model to be made, in words that all families share. Zero stands for the family's
 * own choice.
 *
 * @param family {@code gpt2}, {@code openai-gpt}, {@code llama}
 * @param vocabulary V
 * @param context longest text, in tokens
 * @param layers number of blocks
 * @param heads H
 * @param keyHeads G; 0 for as many as heads
 * @param width C
 * @param feedForward F; 0 for four times the width, or its like in gated layers
 * @param dropout of embeddings, attention weights and residuals
 * @param tied whether the head is the table of embeddings
 * @param normEpsilon 0 for 1e-5
 * @param rotaryBase 0 for 10,000
 */
public record Shape(
    String family,
    int vocabulary,
    int context,
    int layers,
    int heads,
    int keyHeads,
    int width,
    int feedForward,
    double dropout,
    boolean tied,
    double normEpsilon,
    double rotaryBase) {

  /** A shape with the choices of its family for everything else. */
  public static Shape of(
      String family, int vocabulary, int context, int layers, int heads, int width) {
    return new Shape(
        family, vocabulary, context, layers, heads, 0, width, 0, 0, !family.equals("llama"), 0, 0);
  }

  /** The same with dropout. */
  public Shape withDropout(double probability) {
    return new Shape(
        family,
        vocabulary,
        context,
        layers,
        heads,
        keyHeads,
        width,
        feedForward,
        probability,
        tied,
        normEpsilon,
        rotaryBase);
  }
}
