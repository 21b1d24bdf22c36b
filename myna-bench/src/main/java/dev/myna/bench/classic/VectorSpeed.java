package dev.myna.bench.classic;

import dev.myna.bench.Peers;
import dev.myna.text.vectors.WordPairs;
import dev.myna.text.vectors.WordVectorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Learns word vectors with {@code myna vectors train} and with a peer, each as a process of its own
 * with the same settings on two threads, in turns; prints seconds from start to written file, the
 * ratio of medians, and the rank correlation with judged pairs of words.
 *
 * <pre>myna-bench/run classic.VectorSpeed MYNA KIND TEXT PAIRS PEER PROGRAM [ROUNDS]
 * </pre>
 *
 * <p>MYNA is the launcher; KIND is skip_gram, cbow, fasttext or supervised; PEER is gensim,
 * word2vec or fasttext, and PROGRAM its interpreter or its program. Settings are 100 dimensions,
 * window 5, minimum count 5, 5 negative samples and 5 epochs; the seed is the number of the round.
 */
public final class VectorSpeed {
  private final String kind;
  private final Path text;
  private final Path folder;

  private VectorSpeed(String kind, Path text, Path folder) {
    this.kind = kind;
    this.text = text;
    this.folder = folder;
  }

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("vector-speed");
    VectorSpeed speed = new VectorSpeed(args[1], Path.of(args[2]), folder);
    int rounds = args.length > 6 ? Integer.parseInt(args[6]) : 3;
    double[] ours = new double[rounds];
    double[] theirs = new double[rounds];
    double[] ourPairs = new double[rounds];
    double[] theirPairs = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      Path our = folder.resolve("myna.vec");
      Path their = folder.resolve("peer.vec");
      ours[round] = seconds(speed.myna(args[0], args[4], our, round + 1));
      theirs[round] = seconds(speed.peer(args[4], args[5], their, round + 1));
      ourPairs[round] = spearman(our, args[3]);
      theirPairs[round] = spearman(their, args[3]);
    }
    print("myna", ours, ourPairs);
    print(args[4], theirs, theirPairs);
    System.out.printf(
        Locale.ROOT, "%s: ratio of medians %.2f%n", args[1], median(theirs) / median(ours));
  }

  private List<String> myna(String launcher, String peer, Path out, int seed) {
    List<String> command =
        new ArrayList<>(
            List.of(launcher, "vectors", "train", text.toString(), "--kind", kind, "--out"));
    command.addAll(List.of(out.toString(), "--threads", "2", "--seed", Integer.toString(seed)));
    if (!kind.equals("supervised")) {
      command.addAll(List.of("--sample", sample()));
      if (peer.equals("fasttext")) {
        command.add("--program");
      }
    }
    return command;
  }

  private String sample() {
    return kind.startsWith("fasttext") ? "1e-4" : "1e-3";
  }

  private List<String> peer(String peer, String program, Path out, int seed) throws IOException {
    return switch (peer) {
      case "gensim" ->
          List.of(
              program,
              Peers.script(VectorSpeed.class, "gensim_vectors.py").toString(),
              kind,
              text.toString(),
              out.toString(),
              sample(),
              "" + seed);
      case "word2vec" -> word2vec(program, out);
      case "fasttext" -> fastText(program, out);
      default -> throw new IllegalArgumentException("no peer of the name " + peer);
    };
  }

  private List<String> word2vec(String program, Path out) {
    boolean cbow = kind.equals("cbow");
    return List.of(
        (program
                + " -train %s -output %s -cbow %d -alpha %s -size 100 -window 5 -negative 5 -hs 0"
                + " -sample %s -threads 2 -iter 5 -min-count 5 -debug 0")
            .formatted(text, out, cbow ? 1 : 0, cbow ? "0.05" : "0.025", sample())
            .split(" "));
  }

  private List<String> fastText(String program, Path out) {
    String model = out.toString().replaceFirst("\\.vec$", "");
    String command =
        kind.equals("supervised")
            ? program + " supervised -thread 2"
            : program
                + " %s -thread 2 -dim 100 -ws 5 -minCount 5 -neg 5 -epoch 5 -t 1e-4 -lr 0.05"
                    .formatted(kind.equals("fasttext") ? "skipgram" : "cbow");
    return List.of((command + " -verbose 0 -input " + text + " -output " + model).split(" "));
  }

  private static double seconds(List<String> command) throws IOException, InterruptedException {
    Path log = Files.createTempFile("vector-speed", ".log");
    ProcessBuilder process =
        Peers.process(command).redirectErrorStream(true).redirectOutput(log.toFile());
    long start = System.nanoTime();
    int code = process.start().waitFor();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (code != 0) {
      throw new IOException(command + " ended with " + code + ": " + Files.readString(log));
    }
    Files.delete(log);
    return seconds;
  }

  private static double spearman(Path vectors, String pairs) throws IOException {
    return pairs.equals("-")
        ? Double.NaN
        : WordPairs.read(Path.of(pairs)).evaluate(WordVectorFile.read(vectors)).spearman();
  }

  private static double median(double[] seconds) {
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void print(String who, double[] seconds, double[] pairs) {
    System.out.printf(
        Locale.ROOT,
        "%-9s median %6.1f s of %s; Spearman mean %.4f of %s%n",
        who,
        median(seconds),
        Arrays.toString(Arrays.stream(seconds).map(x -> Math.rint(x * 10) / 10).toArray()),
        Arrays.stream(pairs).average().orElse(Double.NaN),
        Arrays.toString(Arrays.stream(pairs).map(x -> Math.rint(x * 1e4) / 1e4).toArray()));
  }
}
