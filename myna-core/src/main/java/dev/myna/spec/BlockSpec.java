package dev.myna.spec;

/** One block of a stack: attention and feed-forward, each in a residual. */
public record BlockSpec(
    NormSpec norm, NormPlace place, AttentionSpec attention, FeedForwardSpec feedForward) {}
