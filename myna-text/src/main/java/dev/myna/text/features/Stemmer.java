package dev.myna.text.features;

/** How a word is cut back to its stem or lemma. The algorithms are Lucene's and Snowball's. */
public enum Stemmer {
  /** Not at all. */
  NONE,
  /** English, Porter's algorithm of 1980. */
  PORTER,
  /** English, Snowball's revision of it (Porter2). */
  ENGLISH,
  /** English, Krovetz's stemmer: a dictionary first, so that most stems are words. */
  KROVETZ,
  /** Russian, Snowball's algorithm. */
  RUSSIAN,
  /** Russian, endings of nouns and adjectives only. */
  RUSSIAN_LIGHT
}
