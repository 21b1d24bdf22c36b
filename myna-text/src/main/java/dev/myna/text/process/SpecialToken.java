package dev.myna.text.process;

/** A token that a post-processor adds. */
public record SpecialToken(String token, int id) {}
