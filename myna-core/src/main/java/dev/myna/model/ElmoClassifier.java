package dev.myna.model;

import dev.myna.nn.Dropout;
import dev.myna.nn.Embedding;
import dev.myna.nn.LayerMix;
import dev.myna.nn.Module;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.util.Map;
import java.util.Objects;

/**
 * A recurrent classifier whose words have, beside embeddings of their own, a learned mix of the
 * layers of an {@link Elmo} that is not trained any more (Peters et al., 2018).
 */
public final class ElmoClassifier extends Module {
  /**
   * @param language the ELMo, which says and drops nothing here
   * @param classifier as it would be without
   */
  public record Spec(Elmo.Spec language, RecurrentModel.Spec classifier) implements SequenceSpec {
    @Override
    public ElmoClassifier make() {
      return new ElmoClassifier(this);
    }

    @Override
    public int vocabulary() {
      return classifier.vocabulary();
    }

    @Override
    public int size() {
      return classifier.size();
    }
  }

  private final Elmo language;
  private final LayerMix mix;
  private final Dropout dropout;
  private final RecurrentModel classifier;

  public ElmoClassifier(Spec spec) {
    language = child("language", spec.language().silent().make());
    language.parameters().values().forEach(parameter -> parameter.requiresGrad(false));
    mix = child("mix", new LayerMix(spec.language().layers() + 1));
    dropout = child("dropout", new Dropout(spec.classifier().dropout()));
    classifier = child("classifier", new RecurrentModel(spec.classifier(), spec.language().size()));
  }

  /**
   * Takes the weights of a trained ELMo of the same sizes; what says words is left there.
   *
   * @throws IllegalArgumentException if it has other sizes
   */
  public void take(Elmo trained) {
    if (!trained.spec().silent().equals(language.spec())) {
      throw new IllegalArgumentException(
          "an ELMo of the sizes %s was wanted, found %s"
              .formatted(language.spec(), trained.spec().silent()));
    }
    Map<String, Tensor> from = trained.parameters();
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      language
          .parameters()
          .forEach((name, parameter) -> parameter.copy_(Objects.requireNonNull(from.get(name))));
    }
  }

  /**
   * @param ids (B, T)
   * @param lengths of the texts, each from 1 to T
   * @param spelled the same words, by their characters
   * @return (B, L)
   */
  public Tensor classify(Tensor ids, int[] lengths, Elmo.Spelled spelled) {
    Tensor mixed = mix.forward(language.layers(spelled, lengths)); // (B, T, 2P)
    return classifier.classifyWith(ids, lengths, dropout.forward(mixed));
  }

  /** The table of embeddings of its own. */
  public Embedding tokens() {
    return classifier.tokens();
  }
}
