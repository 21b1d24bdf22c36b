package dev.myna.text.normalize;

/** Drops combining marks; accented letters keep theirs unless they were decomposed before. */
public record StripAccentsNormalizer() implements Normalizer {
  @Override
  public void normalize(AlignedText text) {
    text.keep(c -> !CharacterKinds.isMark(c));
  }
}
