package dev.myna.model;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.myna.model.NameMap.Layout;
import dev.myna.model.NameMap.Rule;
import dev.myna.model.NameMap.Tie;
import dev.myna.model.NameMap.Use;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Collects the rules of a family's {@link NameMap}. */
final class NameRules {
  private final String prefix;
  private boolean writtenBare;
  private int layers;
  private final List<Rule> rules = new ArrayList<>();
  private final List<Tie> ties = new ArrayList<>();
  private final Map<Pattern, String> renamed = new LinkedHashMap<>();
  private final List<Pattern> ignored = new ArrayList<>();

  /**
   * @param prefix of their names, missing in checkpoints of the model without its head
   */
  NameRules(String prefix) {
    this.prefix = prefix;
  }

  /** The prefix is left out when the checkpoint is written. */
  @CanIgnoreReturnValue
  NameRules bare(boolean without) {
    writtenBare = without;
    return this;
  }

  /** From here on {@code *} stands for so many layers. */
  @CanIgnoreReturnValue
  NameRules layers(int count) {
    layers = count;
    return this;
  }

  /** One of theirs is one of ours. */
  @CanIgnoreReturnValue
  NameRules same(String theirs, String ours) {
    return rule(theirs, Layout.SAME, Use.REQUIRED, ours);
  }

  /** Weight and bias of a layer. */
  @CanIgnoreReturnValue
  NameRules layer(String theirs, String ours, boolean bias) {
    return bias
        ? same(theirs + ".weight", ours + ".weight").same(theirs + ".bias", ours + ".bias")
        : same(theirs + ".weight", ours + ".weight");
  }

  /**
   * Weight, stored as (in, out), and bias of a layer; several of ours may be fused in it.
   *
   * @param bias whether ours have one; theirs always have
   */
  @CanIgnoreReturnValue
  NameRules transposedLayer(String theirs, boolean bias, String... ours) {
    rule(theirs + ".weight", Layout.TRANSPOSED, Use.REQUIRED, ended(".weight", ours));
    return bias
        ? rule(theirs + ".bias", Layout.SAME, Use.REQUIRED, ended(".bias", ours))
        : rule(theirs + ".bias", Layout.SAME, Use.ZERO, ended(".weight", ours));
  }

  /** Gain and shift of a norm that always has both with them; ours may do without the shift. */
  @CanIgnoreReturnValue
  NameRules norm(String theirs, String ours, boolean bias) {
    same(theirs + ".weight", ours + ".weight");
    return bias
        ? same(theirs + ".bias", ours + ".bias")
        : rule(theirs + ".bias", Layout.SAME, Use.ZERO, ours + ".weight");
  }

  @CanIgnoreReturnValue
  NameRules rule(String theirs, Layout layout, Use use, String... ours) {
    if (!theirs.contains("*")) {
      rules.add(new Rule(theirs, List.of(ours), layout, use));
      return this;
    }
    for (int i = 0; i < layers; i++) {
      String number = Integer.toString(i);
      List<String> named = Arrays.stream(ours).map(o -> o.replace("*", number)).toList();
      rules.add(new Rule(theirs.replace("*", number), named, layout, use));
    }
    return this;
  }

  private static String[] ended(String end, String... names) {
    return Arrays.stream(names).map(n -> n + end).toArray(String[]::new);
  }

  /** One of theirs that need not be stored, because it is another one. */
  @CanIgnoreReturnValue
  NameRules tie(String copy, String source) {
    ties.add(new Tie(copy, source));
    return this;
  }

  /** An older spelling. */
  @CanIgnoreReturnValue
  NameRules renamed(String pattern, String replacement) {
    renamed.put(Pattern.compile(pattern), replacement);
    return this;
  }

  /** Tensors of theirs that the model does not use: buffers, heads of another kind. */
  @CanIgnoreReturnValue
  NameRules ignore(String pattern) {
    ignored.add(Pattern.compile(pattern));
    return this;
  }

  NameMap build() {
    return new NameMap(this);
  }

  String prefix() {
    return prefix;
  }

  boolean writtenBare() {
    return writtenBare;
  }

  List<Rule> rules() {
    return rules;
  }

  List<Tie> ties() {
    return ties;
  }

  Map<Pattern, String> renamed() {
    return renamed;
  }

  List<Pattern> ignored() {
    return ignored;
  }
}
