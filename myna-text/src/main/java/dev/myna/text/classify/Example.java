package dev.myna.text.classify;

/** A text and its label. */
public record Example(String text, String label) {}
