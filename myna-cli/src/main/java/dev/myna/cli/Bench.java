package dev.myna.cli;

import picocli.CommandLine.Command;

/** Measurements of the whole: the same code path as the real work. */
@Command(
    name = "bench",
    footer = "  myna bench train --precision float32",
    subcommands = {BenchTrain.class, BenchGenerate.class})
final class Bench extends Group {}
