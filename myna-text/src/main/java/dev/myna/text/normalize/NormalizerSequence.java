package dev.myna.text.normalize;

import java.util.List;

/** One normalizer after the other. */
public record NormalizerSequence(List<Normalizer> normalizers) implements Normalizer {
  public NormalizerSequence {
    normalizers = List.copyOf(normalizers);
  }

  public static NormalizerSequence of(Normalizer... normalizers) {
    return new NormalizerSequence(List.of(normalizers));
  }

  @Override
  public void normalize(AlignedText text) {
    normalizers.forEach(n -> n.normalize(text));
  }
}
