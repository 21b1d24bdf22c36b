package dev.myna.text.normalize;

import java.text.Normalizer.Form;

/** One of Unicode's normal forms: NFC, NFD, NFKC, NFKD. */
public record UnicodeNormalizer(Form form) implements Normalizer {
  @Override
  public void normalize(AlignedText text) {
    UnicodeForm.apply(text, form);
  }
}
