package dev.myna.model;

import dev.myna.nn.CharacterWords;
import dev.myna.nn.Dropout;
import dev.myna.nn.Linear;
import dev.myna.nn.Loss;
import dev.myna.nn.Module;
import dev.myna.nn.ProjectedLstm;
import dev.myna.nn.VocabularyLoss;
import dev.myna.spec.CharacterSpec;
import dev.myna.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ELMo (Peters et al., 2018): words by their characters, and two language models over them, one
 * that reads from the left and one from the right. They share the words and what says words; what
 * their layers hold of a word serves other tasks ({@link ElmoClassifier}).
 */
public final class Elmo extends Module {
  /**
   * @param characters how words are read
   * @param width P, of words and of what a layer passes on in one direction
   * @param hidden H, of the LSTMs' cells, more than P
   * @param layers in each direction
   * @param outputs how many words are said, the ids from 0; 0 for none
   * @param dropout before each layer and before what says words
   */
  public record Spec(
      CharacterSpec characters, int width, int hidden, int layers, int outputs, double dropout)
      implements SequenceSpec {
    @Override
    public Elmo make() {
      return new Elmo(this);
    }

    @Override
    public int vocabulary() {
      return outputs;
    }

    @Override
    public int size() {
      return 2 * width;
    }

    /** The same without what is for its own training: it says and drops nothing. */
    public Spec silent() {
      return new Spec(characters, width, hidden, layers, 0, 0);
    }
  }

  /**
   * Texts whose words are spelled, each different word once.
   *
   * @param characters (N, L) of the different words
   * @param places (B, T) which of them stands where
   */
  public record Spelled(Tensor characters, Tensor places) {}

  private final Spec spec;
  private final CharacterWords words;
  private final List<ProjectedLstm> forward;
  private final List<ProjectedLstm> backward;
  private final Dropout dropout;
  private final @Nullable Linear out;

  public Elmo(Spec spec) {
    this.spec = spec;
    words = child("words", new CharacterWords(spec.characters(), spec.width()));
    forward = layers("forward");
    backward = layers("backward");
    dropout = child("dropout", new Dropout(spec.dropout()));
    out = spec.outputs() == 0 ? null : child("out", new Linear(spec.width(), spec.outputs(), true));
  }

  private List<ProjectedLstm> layers(String name) {
    List<ProjectedLstm> layers = new ArrayList<>();
    for (int i = 0; i < spec.layers(); i++) {
      layers.add(child(name + i, new ProjectedLstm(spec.width(), spec.hidden(), spec.width())));
    }
    return List.copyOf(layers);
  }

  /** (B, T, P). */
  private Tensor read(Spelled texts) {
    Tensor places = texts.places();
    return words
        .forward(texts.characters()) // (N, P)
        .indexSelect(0, places.reshape(-1)) // (B·T, P)
        .view(places.size(0), places.size(1), spec.width());
  }

  /** What each layer makes of texts that it reads from their beginning, (B, T, P) each. */
  private List<Tensor> climb(List<ProjectedLstm> layers, Tensor x) {
    List<Tensor> states = new ArrayList<>();
    Tensor below = x;
    for (ProjectedLstm layer : layers) {
      Tensor made = layer.forward(dropout.forward(below));
      below = states.isEmpty() ? made : made.add(below);
      states.add(below);
    }
    return states;
  }

  /**
   * The loss of saying each word but the first by those before it, and each but the last by those
   * behind it.
   *
   * @param texts all words there, without padding
   * @param targets (B, T) ids of the words, or {@link Loss#IGNORED} for those that are not said
   * @param smoothing label smoothing (Szegedy et al., 2016)
   * @return a float32 scalar in nats a counted target
   */
  public Tensor loss(Spelled texts, Tensor targets, double smoothing) {
    if (out == null) {
      throw new IllegalStateException("this model says no words");
    }
    Tensor x = read(texts); // (B, T, P)
    long steps = x.size(1) - 1;
    Tensor ahead = climb(forward, x.narrow(1, 0, steps)).getLast();
    Tensor back = climb(backward, x.flip(1).narrow(1, 0, steps)).getLast();
    Tensor said = dropout.forward(Tensor.cat(List.of(ahead, back), 0)); // (2B, T − 1, P)
    Tensor wanted =
        Tensor.cat(
            List.of(targets.narrow(1, 1, steps), targets.flip(1).narrow(1, 1, steps)),
            0); // (2B, T − 1)
    return VocabularyLoss.of(out::forward, List.copyOf(out.parameters().values()), spec.outputs())
        .mean(said, wanted, smoothing);
  }

  /**
   * What each layer holds of each word: the words themselves, twice, then both directions of each
   * layer side by side. Nothing behind the end of a text changes anything before it.
   *
   * @param lengths of the texts, each from 1 to T
   * @return one more than there are layers, (B, T, 2P) each
   */
  public List<Tensor> layers(Spelled texts, int[] lengths) {
    Tensor x = read(texts);
    Tensor turned = turn(lengths, (int) x.size(1)).to(x.device()); // (B·T)
    List<Tensor> ahead = climb(forward, x);
    List<Tensor> back = climb(backward, reorder(x, turned));
    List<Tensor> layers = new ArrayList<>(List.of(Tensor.cat(List.of(x, x), 2)));
    for (int i = 0; i < ahead.size(); i++) {
      layers.add(Tensor.cat(List.of(ahead.get(i), reorder(back.get(i), turned)), 2));
    }
    return layers;
  }

  private static Tensor reorder(Tensor x, Tensor places) {
    return x.reshape(places.numel(), x.size(2)).indexSelect(0, places).view(x.shape());
  }

  /** Where words come from in texts that are read from behind; the other way round as well. */
  private static Tensor turn(int[] lengths, int longest) {
    int[] places = new int[lengths.length * longest];
    Arrays.setAll(
        places,
        i -> {
          int row = i / longest;
          int at = i % longest;
          return row * longest + (at < lengths[row] ? lengths[row] - 1 - at : at);
        });
    return Tensor.of(places, places.length);
  }

  public Spec spec() {
    return spec;
  }
}
