package dev.myna.cli;

import dev.myna.model.Pretrained;
import dev.myna.task.NextToken;
import dev.myna.text.corpus.ShardWriter;
import dev.myna.text.corpus.Shards;
import dev.myna.train.Checkpoints;
import dev.myna.train.TrainConfig;
import dev.myna.train.Trainer;
import dev.myna.train.TrainingListener;
import dev.myna.train.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How fast models are trained here: the trainer itself, on tokens of chance. */
@Command(
    name = "train",
    description = "Measure training steps of a GPT with the trainer itself.",
    footer = "  myna bench train --layers 6 --heads 6 --width 384 --context 256 --batch 16")
final class BenchTrain extends Work {
  private static final String NOBODY = "bench";
  private static final int TOKENS = 1 << 20;

  @Mixin ModelSizes sizes = new ModelSizes();

  @Option(
      names = "--batch",
      defaultValue = "16",
      description = "Texts of a step; ${DEFAULT-VALUE} if left out.")
  int batch = 16;

  @Option(
      names = "--steps",
      defaultValue = "20",
      description = "Steps to measure; ${DEFAULT-VALUE} if left out.")
  int steps = 20;

  @Option(
      names = "--precision",
      defaultValue = "auto",
      description = "auto, float32 or bfloat16; ${DEFAULT-VALUE} if left out.")
  String precision = "auto";

  @Option(
      names = "--device",
      defaultValue = "auto",
      description = "cpu, cuda or auto; ${DEFAULT-VALUE} if left out.")
  String device = "auto";

  @Override
  int run(Output out, Figures figures) throws IOException {
    TrainConfig config =
        TrainConfig.of(
            "steps=" + steps,
            "batch=" + batch,
            "precision=" + precision,
            "device=" + device,
            "schedule=constant",
            "evaluate_every=0",
            "evaluate_batches=1");
    Path folder = Files.createTempDirectory("myna-bench");
    try {
      Path file = tokens(folder.resolve("tokens"));
      Pretrained model = Pretrained.create(sizes.shape(), 1);
      List<Double> seconds = new ArrayList<>();
      TrainingView view = new TrainingView(out);
      long[] before = {System.nanoTime()};
      TrainingListener listener =
          new TrainingListener() {
            @Override
            public void stepped(Step step) {
              long now = System.nanoTime();
              seconds.add((now - before[0]) / 1e9);
              before[0] = now;
              view.stepped(step);
            }
          };
      TrainingResult result;
      try (Shards shards = Shards.open(file, NOBODY)) {
        Checkpoints checkpoints = new Checkpoints(folder.resolve("run"), into -> {});
        result =
            Interrupts.gently(
                () ->
                    new Trainer<>(
                            config,
                            new NextToken(model, shards, shards, config.settings(sizes.context, 1)),
                            checkpoints,
                            listener,
                            1,
                            Interrupts::requested)
                        .run(Optional.empty()));
      }
      report(out, figures, result, seconds);
    } finally {
      delete(folder);
    }
    return Myna.DONE;
  }

  private void report(Output out, Figures figures, TrainingResult result, List<Double> seconds) {
    double[] warm = seconds.stream().skip(2).mapToDouble(Double::doubleValue).sorted().toArray();
    double median = warm.length == 0 ? result.seconds() : warm[warm.length / 2];
    double rate = batch * sizes.context / median;
    out.line("%,d parameters, %d x %d tokens a step", result.parameters(), batch, sizes.context);
    out.line("median step %.4f s, %,.0f tokens/s", median, rate);
    figures.put("parameters", result.parameters());
    figures.put("step_seconds_median", median);
    figures.put("step_seconds", Arrays.stream(warm).boxed().toList());
    figures.put("tokens_per_second", rate);
    figures.put("precision", precision);
  }

  private Path tokens(Path file) {
    SplittableRandom random = new SplittableRandom(1);
    int[] ids = random.ints(TOKENS, 0, sizes.vocabulary).toArray();
    try (ShardWriter writer = new ShardWriter(file, sizes.vocabulary, NOBODY)) {
      writer.write(ids, ids.length, ids.length, ids.length, 1);
      writer.finish();
    }
    return file;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
