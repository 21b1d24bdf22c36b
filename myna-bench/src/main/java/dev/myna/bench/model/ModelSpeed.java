package dev.myna.bench.model;

import dev.myna.bench.Peers;
import dev.myna.model.Choice;
import dev.myna.model.Pretrained;
import dev.myna.model.Shape;
import dev.myna.model.Transformer;
import dev.myna.nn.Mask;
import dev.myna.nn.Memory;
import dev.myna.nn.Module;
import dev.myna.nn.Pass;
import dev.myna.nn.Precision;
import dev.myna.nn.Recurrent;
import dev.myna.spec.RecurrentSpec;
import dev.myna.tensor.DType;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Inference;
import dev.myna.tensor.Libtorch;
import dev.myna.tensor.Random;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Passes forward, and forward and backward, beside Hugging Face Transformers and {@code torch.nn},
 * in turns, each the best of float32 and bfloat16; prints medians and their ratios.
 *
 * <pre>myna-bench/run model.ModelSpeed PYTHON [FAMILY...]
 * </pre>
 *
 * <p>PYTHON has torch and transformers. As in training, Myna computes the gradients of parts of the
 * batch on a thread each, and those of recurrent layers, which language models carry on from batch
 * to batch, of the batch as a whole.
 */
public final class ModelSpeed {
  /** The sizes of a model and its batch. */
  private record Size(
      String name,
      int layers,
      int heads,
      int width,
      int inner,
      int vocabulary,
      int batch,
      int length) {
    String line(String family) {
      return "%s %d %d %d %d %d %d %d"
          .formatted(family, layers, heads, width, inner, vocabulary, batch, length);
    }

    long elements() {
      return (long) batch * length * width;
    }
  }

  /** Median seconds. */
  private record Seconds(double forward, double both) {
    Seconds best(Seconds other) {
      return new Seconds(Math.min(forward, other.forward), Math.min(both, other.both));
    }
  }

  private static final List<Size> SIZES =
      List.of(
          new Size("tiny", 2, 4, 128, 384, 1000, 8, 64),
          new Size("small", 6, 6, 384, 1024, 8000, 8, 128));
  private static final int ROUNDS = 3;
  private static final int THREADS = 2;

  private final ExecutorService workers = Executors.newFixedThreadPool(THREADS);

  private ModelSpeed() {}

  public static void main(String[] args) throws Exception {
    List<String> families =
        args.length > 1
            ? Arrays.asList(args).subList(1, args.length)
            : List.of("bert", "t5", "bart", "llama", "mixtral", "lstm", "gru");
    ModelSpeed speed = new ModelSpeed();
    Process peer = start(args[0]);
    try (BufferedReader answers = peer.inputReader(StandardCharsets.UTF_8);
        var questions = peer.outputWriter(StandardCharsets.UTF_8)) {
      for (Size size : SIZES) {
        for (String family : families) {
          List<Seconds> ours = new ArrayList<>();
          List<Seconds> theirs = new ArrayList<>();
          for (int round = 0; round < ROUNDS; round++) {
            ours.add(speed.best(family, size));
            questions.write(size.line(family) + "\n");
            questions.flush();
            String[] answer =
                Objects.requireNonNull(answers.readLine(), "the peer died").split(" ");
            theirs.add(new Seconds(Double.parseDouble(answer[0]), Double.parseDouble(answer[1])));
          }
          print(family, size, median(ours), median(theirs));
        }
      }
    } finally {
      speed.workers.shutdown();
    }
  }

  private static void print(String family, Size size, Seconds ours, Seconds theirs) {
    System.out.printf(
        Locale.ROOT,
        "%-8s %-6s forward %7.2f ms, peer %7.2f: %.2f    with backward %7.2f ms, peer %7.2f:"
            + " %.2f%n",
        family,
        size.name,
        1e3 * ours.forward,
        1e3 * theirs.forward,
        theirs.forward / ours.forward,
        1e3 * ours.both,
        1e3 * theirs.both,
        theirs.both / ours.both);
  }

  private static Process start(String python) throws IOException {
    Path script = Peers.script(ModelSpeed.class, "transformers_speed.py");
    return Peers.process(List.of(python, script.toString()))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static Seconds median(List<Seconds> rounds) {
    return new Seconds(
        rounds.stream().mapToDouble(Seconds::forward).sorted().toArray()[rounds.size() / 2],
        rounds.stream().mapToDouble(Seconds::both).sorted().toArray()[rounds.size() / 2]);
  }

  private Seconds best(String family, Size size) throws Exception {
    return measure(family, size, Precision.FLOAT32).best(measure(family, size, Precision.BFLOAT16));
  }

  private Seconds measure(String family, Size size, Precision precision) throws Exception {
    if (family.equals("lstm") || family.equals("gru")) {
      RecurrentSpec.Kind kind = RecurrentSpec.Kind.valueOf(family.toUpperCase(Locale.ROOT));
      Recurrent layers =
          new Recurrent(new RecurrentSpec(kind, size.width, size.width, size.layers, false, 0));
      fill(layers);
      Tensor all = Random.seeded(2).normal(size.batch, size.length, size.width).outliveScopes();
      return passes(
          size,
          1,
          precision,
          layers,
          rows -> outputs(layers, all.narrow(0, 0, rows)),
          rows -> outputs(layers, all.narrow(0, 0, rows)).to(DType.FLOAT32).mean(),
          layers.elements((long) size.batch * size.length));
    }
    Shape shape =
        Shape.of(family, size.vocabulary, size.length, size.layers, size.heads, size.width)
            .with(Choice.FEED_FORWARD, size.inner);
    Pretrained made =
        Pretrained.create(
            switch (family) {
              case "llama" -> shape.with(Choice.TIED, true);
              case "mixtral" ->
                  shape
                      .with(Choice.TIED, true)
                      .with(Choice.EXPERTS, 8)
                      .with(Choice.EXPERTS_PER_TOKEN, 2);
              default -> shape;
            },
            1);
    Transformer model = made.model();
    return passes(
        size,
        THREADS,
        precision,
        model,
        rows -> model.logits(hidden(model, family, ids(rows, size))),
        rows -> {
          Tensor ids = ids(rows, size);
          return model.loss(hidden(model, family, ids), ids, 0);
        },
        size.elements());
  }

  private static Tensor hidden(Transformer model, String family, Tensor ids) {
    Mask mask = family.equals("bert") ? Mask.ALL : Mask.CAUSAL;
    Pass pass = Pass.whole(ids, mask);
    if (family.equals("t5") || family.equals("bart")) {
      pass = pass.with(Memory.of(model.encode(ids, Pass.whole(ids, Mask.ALL)), Mask.ALL));
    }
    return model.hidden(ids, pass);
  }

  private static void fill(Module module) {
    try (Gradients off = Gradients.off()) {
      Random random = Random.seeded(1);
      module
          .parameters()
          .values()
          .forEach(parameter -> parameter.copy_(random.normal(parameter.shape()).mul(0.05)));
    }
  }

  private static Tensor outputs(Recurrent layers, Tensor x) {
    return layers.forward(x, layers.start(x.size(0), x)).outputs();
  }

  private static Tensor ids(long rows, Size size) {
    int[] ids = new int[(int) rows * size.length];
    Arrays.setAll(ids, i -> 3 + i * 31 % (size.vocabulary - 3));
    return Tensor.of(ids, rows, size.length);
  }

  /** A pass over some texts. */
  private interface Texts {
    Tensor pass(long rows);
  }

  private Seconds passes(
      Size size,
      int parts,
      Precision precision,
      Module model,
      Texts forward,
      Texts loss,
      long elements)
      throws Exception {
    model.training(true);
    Libtorch.threadsFor(parts == 1 ? 0 : THREADS, elements);
    double once =
        precision.callWithFixedWeights(
            () -> {
              try (Inference only = Inference.mode()) {
                return seconds(() -> forward.pass(size.batch));
              }
            });
    Libtorch.threadsFor(parts == 1 ? 0 : 1, elements);
    double both =
        seconds(
            () -> {
              model.parameters().values().forEach(Tensor::clearGrad);
              Supplier<Object> part =
                  () -> {
                    try (Scope scope = Scope.open()) {
                      precision
                          .call(() -> loss.pass(size.batch / parts).mul(1.0 / parts))
                          .backward();
                    }
                    return null;
                  };
              return parts == 1 ? part.get() : apart(parts, part);
            });
    return new Seconds(once, both);
  }

  /** Each part on a thread of its own. */
  private Object apart(int parts, Supplier<Object> part) {
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      running.add(workers.submit(part::get));
    }
    running.forEach(ModelSpeed::await);
    return running;
  }

  private static void await(Future<?> part) {
    try {
      Object unused = part.get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static double seconds(Supplier<Object> action) {
    List<Double> taken = new ArrayList<>();
    long begin = System.nanoTime();
    int warm = 0;
    while (taken.size() < 5 || System.nanoTime() - begin < 2e9) {
      long start = System.nanoTime();
      try (Scope scope = Scope.open()) {
        Object unused = action.get();
      }
      if (warm++ >= 3 && start - begin > 6e8) {
        taken.add((System.nanoTime() - start) / 1e9);
      }
    }
    return taken.stream().mapToDouble(Double::doubleValue).sorted().toArray()[taken.size() / 2];
  }
}
