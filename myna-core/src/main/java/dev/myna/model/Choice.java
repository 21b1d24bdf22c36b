package dev.myna.model;

import dev.myna.spec.InitialWeights;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What may be chosen of a model to be made, beyond its sizes. */
public enum Choice {
  /** G, heads for keys and values: a whole number. */
  KEY_HEADS(Integer.class),
  /** D: a whole number. */
  HEAD_SIZE(Integer.class),
  /** F: a whole number. */
  FEED_FORWARD(Integer.class),
  /** Of the feed-forward layer, by Hugging Face's name. */
  ACTIVATION(String.class),
  /** Whether linear layers and norms have biases. */
  BIAS(Boolean.class),
  /** How many positions a token sees; 0 for all. */
  WINDOW(Integer.class),
  /** E, feed-forward layers to choose from: a whole number. */
  EXPERTS(Integer.class),
  /** K, experts that a token goes through: a whole number. */
  EXPERTS_PER_TOKEN(Integer.class),
  /** Weight of the loss that spreads tokens over experts. */
  EXPERT_BALANCE(Double.class),
  /** Noise on what routers see while training. */
  ROUTER_JITTER(Double.class),
  /** Whether the head is the table of embeddings. */
  TIED(Boolean.class),
  /** Added to the variance in norms. */
  NORM_EPSILON(Double.class),
  /** Base of the rotary positions' wavelengths. */
  ROPE_THETA(Double.class),
  /** Blocks of the decoder, where there are two stacks. */
  DECODER_LAYERS(Integer.class),
  /** What stands on top, by the end of Hugging Face's class name: {@code ForMaskedLM}. */
  HEAD(String.class),
  /** Labels of a classifier: a whole number. */
  LABELS(Integer.class),
  /** Standard deviation of fresh weights. */
  DEVIATION(Double.class),
  /** Size of fresh weights in place of the family's own: {@link InitialWeights.ByFans}. */
  INITIALIZATION(InitialWeights.ByFans.class),
  /** Id of padding. */
  PADDING(Integer.class),
  /** Id that a decoder begins with. */
  DECODER_START(Integer.class),
  /** Id that begins a text. */
  BEGIN(Integer.class),
  /** Id that ends a text. */
  END(Integer.class);

  private final Class<?> type;

  Choice(Class<?> type) {
    this.type = type;
  }

  /** What may be chosen of a family: what goes for all of them, and what for this one. */
  static Set<Choice> usual(Choice... more) {
    Set<Choice> choices =
        EnumSet.of(FEED_FORWARD, ACTIVATION, HEAD, LABELS, PADDING, BEGIN, END, INITIALIZATION);
    choices.addAll(List.of(more));
    return choices;
  }

  /** Of its values. */
  Class<?> type() {
    return type;
  }

  /** As it is written in recipes. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
