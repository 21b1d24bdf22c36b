package dev.myna.spec;

/** Where a residual normalises. */
public enum NormPlace {
  /** {@code x + layer(norm(x))}: GPT-2 and after. */
  BEFORE,
  /** {@code norm(x + layer(x))}: the 2017 Transformer, GPT-1, BERT. */
  AFTER,
  /** {@code x + norm(layer(norm(x)))}: Gemma 2. */
  BOTH
}
