package dev.myna.text.vectors;

/**
 * A label and how probable it is, 0 to 1.
 *
 * @param label without what labels begin with in the training file
 */
public record Prediction(String label, double probability) {}
