package dev.myna.model;

import dev.myna.tensor.CheckpointException;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import dev.myna.tensor.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a family's checkpoints name the tensors that Myna knows by its own paths.
 *
 * <p>A rule names one tensor of the checkpoint and one or several of ours, with {@code *} for the
 * number of the layer. Several of ours lie one after another in one of theirs (fused projections);
 * some are stored the other way round (GPT-2's matrices are (in, out)).
 */
public final class NameMap {
  private record Rule(String theirs, List<String> ours, boolean transposed) {}

  private final String prefix;
  private final int layers;
  private final List<Rule> rules;
  private final List<Pattern> ignored;

  private NameMap(String prefix, int layers, List<Rule> rules, List<Pattern> ignored) {
    this.prefix = prefix;
    this.layers = layers;
    this.rules = List.copyOf(rules);
    this.ignored = List.copyOf(ignored);
  }

  /** Collects the rules of a family. */
  static final class Builder {
    private final String prefix;
    private final int layers;
    private final List<Rule> rules = new ArrayList<>();
    private final List<Pattern> ignored = new ArrayList<>();

    /**
     * @param prefix of their names, missing in checkpoints of the model without its head
     * @param layers number of blocks, for which {@code *} stands
     */
    Builder(String prefix, int layers) {
      this.prefix = prefix;
      this.layers = layers;
    }

    /** One of theirs is one of ours. */
    Builder same(String theirs, String ours) {
      rules.add(new Rule(theirs, List.of(ours), false));
      return this;
    }

    /** Weight and bias of a layer. */
    Builder layer(String theirs, String ours, boolean bias) {
      return bias
          ? same(theirs + ".weight", ours + ".weight").same(theirs + ".bias", ours + ".bias")
          : same(theirs + ".weight", ours + ".weight");
    }

    /** Weight, stored as (in, out), and bias of a layer; several of ours may be fused in it. */
    Builder transposedLayer(String theirs, String... ours) {
      rules.add(new Rule(theirs + ".weight", ended(".weight", ours), true));
      rules.add(new Rule(theirs + ".bias", ended(".bias", ours), false));
      return this;
    }

    private static List<String> ended(String end, String... names) {
      return Arrays.stream(names).map(n -> n + end).toList();
    }

    /** Tensors of theirs that carry nothing: buffers that can be computed. */
    Builder ignore(String pattern) {
      ignored.add(Pattern.compile(pattern));
      return this;
    }

    NameMap build() {
      return new NameMap(prefix, layers, rules, ignored);
    }
  }

  /** All rules, one a layer where they speak of layers, with their names written out. */
  private List<Rule> expanded() {
    List<Rule> all = new ArrayList<>();
    for (Rule rule : rules) {
      if (!rule.theirs.contains("*")) {
        all.add(rule);
        continue;
      }
      for (int i = 0; i < layers; i++) {
        String number = Integer.toString(i);
        all.add(
            new Rule(
                rule.theirs.replace("*", number),
                rule.ours.stream().map(o -> o.replace("*", number)).toList(),
                rule.transposed));
      }
    }
    return all;
  }

  /**
   * Fills parameters from the weights of a folder.
   *
   * @throws CheckpointException that names every missing, unexpected and mis-shaped tensor
   */
  void load(Path folder, Weights weights, Map<String, Tensor> parameters) {
    Set<String> unexpected = new LinkedHashSet<>(weights.names());
    unexpected.removeIf(name -> ignored.stream().anyMatch(p -> p.matcher(name).matches()));
    boolean bare = weights.names().stream().noneMatch(name -> name.startsWith(prefix));
    List<String> missing = new ArrayList<>();
    List<String> misshaped = new ArrayList<>();
    List<Runnable> copies = new ArrayList<>();
    for (Rule rule : expanded()) {
      String name =
          bare && rule.theirs.startsWith(prefix)
              ? rule.theirs.substring(prefix.length())
              : rule.theirs;
      if (!unexpected.remove(name)) {
        missing.add(name);
        continue;
      }
      List<Tensor> targets = rule.ours.stream().map(o -> parameter(parameters, o)).toList();
      long[] wanted = theirShape(targets, rule.transposed);
      if (!Arrays.equals(wanted, weights.shape(name))) {
        misshaped.add(
            "%s: wanted %s, found %s"
                .formatted(name, Arrays.toString(wanted), Arrays.toString(weights.shape(name))));
        continue;
      }
      copies.add(() -> copy(weights.tensor(name), rule.transposed, targets));
    }
    if (!missing.isEmpty() || !unexpected.isEmpty() || !misshaped.isEmpty()) {
      throw new CheckpointException(
          "the weights of %s do not fit its config.json: missing %s, unexpected %s, wrong shape %s; check that both belong together"
              .formatted(folder, counted(missing), counted(unexpected), counted(misshaped)));
    }
    try (Gradients off = Gradients.off()) {
      copies.forEach(Runnable::run);
    }
  }

  private static String counted(java.util.Collection<String> names) {
    return names.isEmpty() ? "0" : names.size() + " (" + String.join(", ", names) + ")";
  }

  private static Tensor parameter(Map<String, Tensor> parameters, String name) {
    Tensor parameter = parameters.get(name);
    if (parameter == null) {
      throw new IllegalStateException(
          "the name map speaks of %s; the model has %s".formatted(name, parameters.keySet()));
    }
    return parameter;
  }

  private static long[] theirShape(List<Tensor> targets, boolean transposed) {
    long[] shape = targets.getFirst().shape();
    shape[0] = targets.stream().mapToLong(t -> t.size(0)).sum();
    return transposed ? new long[] {shape[1], shape[0]} : shape;
  }

  private static void copy(Tensor theirs, boolean transposed, List<Tensor> targets) {
    try (Scope scope = Scope.open()) {
      Tensor whole = transposed ? theirs.transpose(0, 1) : theirs;
      long at = 0;
      for (Tensor target : targets) {
        target.copy_(whole.narrow(0, at, target.size(0)));
        at += target.size(0);
      }
    }
  }

  /** The parameters by their names, in their layout. */
  Map<String, Tensor> export(Map<String, Tensor> parameters) {
    Map<String, Tensor> theirs = new LinkedHashMap<>();
    for (Rule rule : expanded()) {
      List<Tensor> parts = rule.ours.stream().map(o -> parameter(parameters, o).detach()).toList();
      Tensor whole = parts.size() == 1 ? parts.getFirst() : Tensor.cat(parts, 0);
      theirs.put(rule.theirs, rule.transposed ? whole.transpose(0, 1) : whole);
    }
    return theirs;
  }
}
