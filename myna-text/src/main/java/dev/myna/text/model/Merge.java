package dev.myna.text.model;

/** A merge of two tokens; its rank is its place in the list of merges. */
public record Merge(String left, String right) {}
