package dev.myna.spec;

import java.util.OptionalInt;

/** How the hidden states of a text become one. */
public sealed interface Pooling {
  /** That of the first token ({@code [CLS]}). */
  record First() implements Pooling {}

  /**
   * That of the last token.
   *
   * @param padding an id that does not count at the end; if empty, padding is what a mask says
   */
  record Last(OptionalInt padding) implements Pooling {}

  /**
   * That of the last token with a certain id ({@code </s>}); the last of all where it is absent.
   */
  record LastOf(int id) implements Pooling {}

  /** Their mean, padding left out. */
  record Mean() implements Pooling {}

  /** Their sum, divided by the root of their number, padding left out. */
  record MeanByRoot() implements Pooling {}

  /**
   * Their mean, padding left out, where each token weighs as much as the number of its place, from
   * 1 (Muennighoff, 2022).
   */
  record WeightedMean() implements Pooling {}

  /** Their largest elements, padding left out. */
  record Max() implements Pooling {}
}
