package dev.myna.text.normalize;

/** Rewrites a text before it is cut into pieces. Variants have no state. */
public sealed interface Normalizer
    permits BertNormalizer,
        ByteLevelNormalizer,
        LowercaseNormalizer,
        NmtNormalizer,
        NormalizerSequence,
        PrecompiledNormalizer,
        PrependNormalizer,
        ReplaceNormalizer,
        StripAccentsNormalizer,
        StripNormalizer,
        UnicodeNormalizer {

  /** Rewrites {@code text} in place, keeping each character's place in the original. */
  void normalize(AlignedText text);

  /** The normalised form of a text on its own. */
  default String normalize(String text) {
    AlignedText aligned = new AlignedText(text);
    normalize(aligned);
    return aligned.toString();
  }
}
