package dev.myna.spec;

/** How logits over the vocabulary come out of the last hidden state. */
public sealed interface HeadSpec {
  /** By the table of token embeddings (Press and Wolf, 2017). */
  record Tied() implements HeadSpec {}

  /** By a matrix of its own, without bias. */
  record Own() implements HeadSpec {}
}
