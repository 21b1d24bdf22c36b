package dev.myna.cli;

import picocli.CommandLine.Command;

/** Word vectors: learned, asked, measured and drawn. */
@Command(
    name = "vectors",
    subcommands = {
      VectorsTrain.class,
      VectorsNearest.class,
      VectorsAnalogy.class,
      VectorsEval.class,
      VectorsMap.class
    },
    footer = "  myna vectors train text.txt --out words.vec")
final class Vectors extends Group {}
