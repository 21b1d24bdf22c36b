package dev.myna.cli;

import dev.myna.model.Shape;
import picocli.CommandLine.Option;

/** The sizes of a model whose weights do not matter. */
final class ModelSizes {
  @Option(
      names = "--family",
      defaultValue = "gpt2",
      description = "Kind of model; ${DEFAULT-VALUE} if left out.")
  String family = "gpt2";

  @Option(
      names = "--layers",
      defaultValue = "6",
      description = "Blocks; ${DEFAULT-VALUE} if left out.")
  int layers = 6;

  @Option(
      names = "--heads",
      defaultValue = "6",
      description = "Attention heads; ${DEFAULT-VALUE} if left out.")
  int heads = 6;

  @Option(
      names = "--width",
      defaultValue = "384",
      description = "Width of the hidden states; ${DEFAULT-VALUE} if left out.")
  int width = 384;

  @Option(
      names = "--context",
      defaultValue = "256",
      description = "Tokens of a text; ${DEFAULT-VALUE} if left out.")
  int context = 256;

  @Option(
      names = "--vocabulary",
      defaultValue = "65",
      description = "Tokens in all; ${DEFAULT-VALUE} if left out.")
  int vocabulary = 65;

  Shape shape() {
    return Shape.of(family, vocabulary, context, layers, heads, width);
  }
}
