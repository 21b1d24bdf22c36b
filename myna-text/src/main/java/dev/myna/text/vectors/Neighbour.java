package dev.myna.text.vectors;

/**
 * A word found near something.
 *
 * @param score its similarity; cosine similarity lies from -1 to 1
 */
public record Neighbour(String word, double score) {}
