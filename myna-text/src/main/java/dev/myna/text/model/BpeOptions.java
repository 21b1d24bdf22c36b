package dev.myna.text.model;

import org.jspecify.annotations.Nullable;

/**
 * How a BPE model treats what its merges do not say.
 *
 * @param dropout the chance to pass over a merge (BPE-dropout, Provilkov et al., 2020), or null
 * @param unknown the token of characters that the vocabulary lacks; null drops them
 * @param continuingSubwordPrefix what every character but the first of a piece begins with
 * @param endOfWordSuffix what the last character of a piece ends with, as {@code </w>} in GPT-1
 * @param fuseUnknown one unknown token for unknown characters in a row
 * @param byteFallback unknown characters as tokens of their bytes, {@code <0x0A>}
 * @param ignoreMerges a piece that is a token is that token, whatever the merges say
 */
public record BpeOptions(
    @Nullable Float dropout,
    @Nullable String unknown,
    @Nullable String continuingSubwordPrefix,
    @Nullable String endOfWordSuffix,
    boolean fuseUnknown,
    boolean byteFallback,
    boolean ignoreMerges) {

  public BpeOptions {
    if (dropout != null && !(dropout >= 0 && dropout <= 1)) {
      throw new IllegalArgumentException("dropout must lie between 0 and 1, found " + dropout);
    }
  }

  /** Nothing but vocabulary and merges. */
  public static final BpeOptions PLAIN =
      new BpeOptions(null, null, null, null, false, false, false);

  public BpeOptions withUnknown(@Nullable String unknown) {
    return new BpeOptions(
        dropout,
        unknown,
        continuingSubwordPrefix,
        endOfWordSuffix,
        fuseUnknown,
        byteFallback,
        ignoreMerges);
  }

  public BpeOptions withIgnoreMerges(boolean ignoreMerges) {
    return new BpeOptions(
        dropout,
        unknown,
        continuingSubwordPrefix,
        endOfWordSuffix,
        fuseUnknown,
        byteFallback,
        ignoreMerges);
  }
}
