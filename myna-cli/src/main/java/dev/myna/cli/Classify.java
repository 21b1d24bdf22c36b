package dev.myna.cli;

import picocli.CommandLine.Command;

/** Trains and uses classifiers of texts. */
@Command(
    name = "classify",
    subcommands = {ClassifyTrain.class, ClassifyPredict.class, ClassifyEval.class},
    footer = "  myna classify train reviews.tsv --classifier svm --out reviews.safetensors")
final class Classify extends Group {}
