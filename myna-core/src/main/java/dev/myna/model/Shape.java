package dev.myna.model;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A model to be made: its family, its sizes in words that all families share, and what was chosen
 * beyond them. What was not chosen is the family's own choice.
 *
 * @param family {@code gpt2}, {@code llama}, {@code bert}, …
 * @param vocabulary V
 * @param context longest text, in tokens
 * @param layers number of blocks
 * @param heads H
 * @param width C
 * @param dropout of embeddings, attention weights and residuals
 */
public record Shape(
    String family,
    int vocabulary,
    int context,
    int layers,
    int heads,
    int width,
    double dropout,
    Map<Choice, Object> choices) {
  public Shape {
    choices = Map.copyOf(choices);
    choices.forEach(
        (choice, value) -> {
          if (!choice.type().isInstance(value)) {
            throw new IllegalArgumentException(
                "%s must be of type %s, found %s"
                    .formatted(choice, choice.type().getSimpleName(), value));
          }
        });
  }

  /** A shape with the choices of its family for everything else, without dropout. */
  public static Shape of(
      String family, int vocabulary, int context, int layers, int heads, int width) {
    return new Shape(family, vocabulary, context, layers, heads, width, 0, Map.of());
  }

  /** The same with dropout. */
  public Shape withDropout(double probability) {
    return new Shape(family, vocabulary, context, layers, heads, width, probability, choices);
  }

  /** The same with something chosen. */
  public Shape with(Choice choice, Object value) {
    Map<Choice, Object> more = new EnumMap<>(Choice.class);
    more.putAll(choices);
    more.put(choice, value);
    return new Shape(family, vocabulary, context, layers, heads, width, dropout, more);
  }

  /** The same with something chosen, if it was. */
  public Shape with(Choice choice, Optional<?> value) {
    return value.isPresent() ? with(choice, value.get()) : this;
  }

  int integer(Choice choice, int otherwise) {
    return (Integer) choices.getOrDefault(choice, otherwise);
  }

  double number(Choice choice, double otherwise) {
    return (Double) choices.getOrDefault(choice, otherwise);
  }

  boolean flag(Choice choice, boolean otherwise) {
    return (Boolean) choices.getOrDefault(choice, otherwise);
  }

  String text(Choice choice, String otherwise) {
    return (String) choices.getOrDefault(choice, otherwise);
  }
}
