package dev.myna.nn;

import dev.myna.spec.CharacterSpec;
import dev.myna.tensor.DType;
import dev.myna.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Vectors of words, made of their characters (Kim et al., 2016; Peters et al., 2018): embeddings of
 * the characters, filters of several widths of which the strongest answers count, highway layers, a
 * projection. Every word has one, also one that was never seen.
 */
public final class CharacterWords extends Module {
  private final Embedding characters;
  private final List<Convolution> convolutions = new ArrayList<>();
  private final List<Highway> highways = new ArrayList<>();
  private final Linear projection;

  /**
   * @param out C
   */
  public CharacterWords(CharacterSpec spec, int out) {
    characters = child("characters", new Embedding(CharacterSpec.IDS, spec.width()));
    for (int i = 0; i < spec.filters().size(); i++) {
      convolutions.add(
          child(
              "convolution" + (i + 1),
              new Convolution(spec.width(), spec.filters().get(i), i + 1)));
    }
    int features = spec.filters().stream().mapToInt(count -> count).sum();
    for (int i = 0; i < spec.highways(); i++) {
      highways.add(child("highway" + i, new Highway(features)));
    }
    projection = child("projection", new Linear(features, out, true));
  }

  /**
   * @param spelled (N, L) ids of the characters of words
   * @return (N, C), float32
   */
  public Tensor forward(Tensor spelled) {
    Tensor letters = characters.forward(spelled); // (N, L, E)
    Tensor x =
        Tensor.cat(
            convolutions.stream()
                .map(convolution -> convolution.forward(letters, 0).max(1, false).relu())
                .toList(),
            1); // (N, F)
    for (Highway highway : highways) {
      x = highway.forward(x);
    }
    return projection.forward(x).to(DType.FLOAT32); // (N, C)
  }
}
