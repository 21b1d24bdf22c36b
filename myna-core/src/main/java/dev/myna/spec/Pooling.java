package dev.myna.spec;

import java.util.OptionalInt;

/** How the hidden states of a text become one. */
public sealed interface Pooling {
  /** That of the first token ({@code [CLS]}). */
  record First() implements Pooling {}

  /**
   * That of the last token.
   *
   * @param padding an id that does not count at the end
   */
  record Last(OptionalInt padding) implements Pooling {}

  /**
   * That of the last token with a certain id ({@code </s>}); the last of all where it is absent.
   */
  record LastOf(int id) implements Pooling {}

  /** Their mean, padding left out. */
  record Mean() implements Pooling {}

  /** Their largest elements, padding left out. */
  record Max() implements Pooling {}
}
