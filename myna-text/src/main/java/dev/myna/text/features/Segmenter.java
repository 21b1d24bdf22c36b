package dev.myna.text.features;

/** How words are found in a text. */
public enum Segmenter {
  /** By the token pattern of the {@link AnalyzerSpec}. */
  PATTERN,
  /** By Unicode's rules for word boundaries (UAX 29), as Lucene's standard tokenizer has them. */
  UNICODE,
  /** Chinese words by a hidden Markov model over a dictionary, as Lucene's smartcn has it. */
  CHINESE
}
