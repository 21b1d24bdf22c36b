package dev.myna.text.metrics;

/** How the figures of classes are made into one. */
public enum Averaging {
  /** All classes weigh the same. */
  MACRO,
  /** All decisions weigh the same. */
  MICRO,
  /** Classes weigh as often as they are true. */
  WEIGHTED,
  /** All examples weigh the same; only where an example may have several labels. */
  SAMPLES
}
