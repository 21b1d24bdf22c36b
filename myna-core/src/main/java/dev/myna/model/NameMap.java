package dev.myna.model;

import dev.myna.tensor.CheckpointException;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import dev.myna.tensor.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a family's checkpoints name the tensors that Myna knows by its own paths.
 *
 * <p>A rule names one tensor of the checkpoint and one or several of ours. Several of ours lie one
 * after another in one of theirs (fused projections); some are stored the other way round (GPT-2's
 * matrices are (in, out)).
 */
public final class NameMap {
  /** How one of their tensors holds ours. */
  enum Layout {
    SAME,
    /** (in, out) for (out, in). */
    TRANSPOSED,
    /** (1, n) for (n). */
    ROW
  }

  /** What to do with one of their tensors. */
  enum Use {
    /** Read it, write it. */
    REQUIRED,
    /** Read it if it is there, else ours stays zero; write it. */
    OPTIONAL,
    /** Read it if it is there, over what another rule gave; not written, as that one is. */
    OVERRIDING,
    /** The library that made it never uses it: not read, but written, as it wants it there. */
    UNUSED,
    /** A bias that the model does without: nothing but zeros may be there; zeros are written. */
    ZERO
  }

  /**
   * @param ours paths of parameters, concatenated along the first dimension
   */
  record Rule(String theirs, List<String> ours, Layout layout, Use use) {}

  /** Two of their tensors of which one is not stored, or stored as a copy of the other. */
  record Tie(String copy, String source) {}

  private final String prefix;
  private final boolean bare;
  private final List<Rule> rules;
  private final List<Tie> ties;
  private final Map<Pattern, String> renamed;
  private final List<Pattern> ignored;

  NameMap(NameRules made) {
    prefix = made.prefix();
    bare = made.writtenBare();
    rules = List.copyOf(made.rules());
    ties = List.copyOf(made.ties());
    renamed = made.renamed();
    ignored = List.copyOf(made.ignored());
  }

  /** Their names as this map writes them, to the names as the folder has them. */
  private Map<String, String> known(Weights weights) {
    boolean withPrefix = weights.names().stream().anyMatch(name -> name.startsWith(prefix));
    Map<String, String> known = new LinkedHashMap<>();
    for (String stored : weights.names()) {
      String name = stored;
      for (Map.Entry<Pattern, String> entry : renamed.entrySet()) {
        name = entry.getKey().matcher(name).replaceFirst(entry.getValue());
      }
      known.put(withPrefix ? name : prefixed(name), stored);
    }
    return known;
  }

  /** The name with the prefix that a checkpoint without head leaves out. */
  private String prefixed(String name) {
    boolean headed =
        rules.stream().anyMatch(rule -> rule.theirs.equals(name))
            || ties.stream().anyMatch(tie -> tie.copy.equals(name));
    return headed ? name : prefix + name;
  }

  /**
   * Whether the folder holds a head of its own although the configuration says that it is the table
   * of embeddings.
   */
  boolean ownHead(Weights weights) {
    Map<String, String> known = known(weights);
    try (Scope scope = Scope.open()) {
      return ties.stream()
          .filter(tie -> known.containsKey(tie.copy) && known.containsKey(tie.source))
          .filter(tie -> rules.stream().noneMatch(rule -> rule.theirs.equals(tie.copy)))
          .anyMatch(
              tie ->
                  !equal(
                      weights.tensor(Names.of(known, tie.copy)),
                      weights.tensor(Names.of(known, tie.source))));
    }
  }

  private static boolean equal(Tensor a, Tensor b) {
    return Arrays.equals(a.shape(), b.shape()) && a.sub(b).abs().max().item() == 0;
  }

  /**
   * What did not fit together.
   *
   * @param missing tensors that the folder does not have
   * @param unexpected tensors that the model does not have
   */
  record Left(List<String> missing, List<String> unexpected) {}

  /**
   * Fills parameters from the weights of a folder.
   *
   * @throws CheckpointException that names every missing, unexpected and mis-shaped tensor
   */
  void load(Path folder, Weights weights, Map<String, Tensor> parameters) {
    Left left = fill(folder, weights, parameters, true);
    if (!left.missing().isEmpty() || !left.unexpected().isEmpty()) {
      throw new IllegalStateException("strict loading left something: " + left);
    }
  }

  /** Fills those parameters that the folder has. */
  Left loadSome(Path folder, Weights weights, Map<String, Tensor> parameters) {
    return fill(folder, weights, parameters, false);
  }

  private Left fill(Path folder, Weights weights, Map<String, Tensor> parameters, boolean strict) {
    Map<String, String> known = known(weights);
    Set<String> unexpected = new LinkedHashSet<>(known.keySet());
    unexpected.removeIf(name -> ignored.stream().anyMatch(p -> p.matcher(name).matches()));
    List<String> missing = new ArrayList<>();
    List<String> misshaped = new ArrayList<>();
    List<Runnable> copies = new ArrayList<>();
    for (Rule rule : rules) {
      String found = rule.theirs;
      if (!unexpected.remove(found)) {
        Optional<String> copy = copyOf(found, unexpected);
        if (copy.isEmpty()) {
          if (rule.use == Use.REQUIRED) {
            missing.add(rule.theirs);
          }
          continue;
        }
        found = copy.get();
      }
      if (rule.use == Use.UNUSED) {
        continue;
      }
      String stored = Names.of(known, found);
      List<Tensor> targets = targets(parameters, rule);
      long[] wanted = theirShape(targets, rule);
      boolean fits = Arrays.equals(wanted, weights.shape(stored));
      if (!fits && !strict) {
        missing.add(rule.theirs); // a head of another size
      } else if (!fits) {
        misshaped.add(
            "%s: wanted %s, found %s"
                .formatted(
                    stored, Arrays.toString(wanted), Arrays.toString(weights.shape(stored))));
      } else if (!weights.dtype(stored).floating()) {
        misshaped.add(
            "%s: wanted floating-point numbers, found %s".formatted(stored, weights.dtype(stored)));
      } else if (rule.use == Use.ZERO) {
        requireZero(folder, stored, weights);
      } else {
        copies.add(() -> copy(weights.tensor(stored), rule.layout, targets));
      }
    }
    ties.forEach(tie -> unexpected.remove(tie.copy));
    boolean incomplete = strict && !(missing.isEmpty() && unexpected.isEmpty());
    if (incomplete || !misshaped.isEmpty()) {
      throw new CheckpointException(
          "the weights of %s do not fit its config.json: missing %s, unexpected %s, of wrong shape or kind %s; check that both belong together"
              .formatted(folder, counted(missing), counted(unexpected), counted(misshaped)));
    }
    try (Gradients off = Gradients.off()) {
      copies.forEach(Runnable::run);
    }
    return new Left(missing, List.copyOf(unexpected));
  }

  /** A tied tensor may be stored under the name of a copy alone. */
  private Optional<String> copyOf(String source, Set<String> there) {
    return ties.stream()
        .filter(tie -> tie.source.equals(source))
        .map(Tie::copy)
        .filter(there::remove)
        .findFirst();
  }

  private static void requireZero(Path folder, String name, Weights weights) {
    try (Scope scope = Scope.open()) {
      if (weights.tensor(name).abs().max().item() != 0) {
        throw new CheckpointException(
            "config.json of %s says that there are no biases, but %s is not zero; set bias to true"
                .formatted(folder, name));
      }
    }
  }

  private static String counted(Collection<String> names) {
    return names.isEmpty() ? "0" : names.size() + " (" + String.join(", ", names) + ")";
  }

  private static List<Tensor> targets(Map<String, Tensor> parameters, Rule rule) {
    return rule.ours.stream().map(name -> Names.of(parameters, name)).toList();
  }

  private static long[] theirShape(List<Tensor> targets, Rule rule) {
    long[] shape = targets.getFirst().shape();
    shape[0] = targets.stream().mapToLong(t -> t.size(0)).sum();
    if (rule.use == Use.ZERO) {
      return new long[] {shape[0]};
    }
    return switch (rule.layout) {
      case SAME -> shape;
      case TRANSPOSED -> new long[] {shape[1], shape[0]};
      case ROW -> new long[] {1, shape[0]};
    };
  }

  private static void copy(Tensor theirs, Layout layout, List<Tensor> targets) {
    try (Scope scope = Scope.open()) {
      Tensor whole =
          switch (layout) {
            case SAME -> theirs;
            case TRANSPOSED -> theirs.transpose(0, 1);
            case ROW -> theirs.select(0, 0);
          };
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
    for (Rule rule : rules) {
      if (rule.use == Use.OVERRIDING) {
        continue;
      }
      boolean shortened = bare && rule.theirs.startsWith(prefix);
      theirs.put(
          shortened ? rule.theirs.substring(prefix.length()) : rule.theirs,
          exported(targets(parameters, rule), rule));
    }
    return theirs;
  }

  private static Tensor exported(List<Tensor> targets, Rule rule) {
    if (rule.use == Use.ZERO) {
      return Tensor.zeros(theirShape(targets, rule));
    }
    List<Tensor> parts = targets.stream().map(Tensor::detach).toList();
    Tensor whole = parts.size() == 1 ? parts.getFirst() : Tensor.cat(parts, 0);
    return switch (rule.layout) {
      case SAME -> whole;
      case TRANSPOSED -> whole.transpose(0, 1);
      case ROW -> whole.unsqueeze(0);
    };
  }

  /** Looks into maps that must have what is asked for. */
  private static final class Names {
    static <V> V of(Map<String, V> map, String name) {
      V value = map.get(name);
      if (value == null) {
        throw new IllegalStateException(
            "the name map speaks of %s; there are %s".formatted(name, map.keySet()));
      }
      return value;
    }
  }
}
