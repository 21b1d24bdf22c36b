package dev.myna.model;

import dev.myna.nn.Alignment;
import dev.myna.nn.Dropout;
import dev.myna.nn.Embedding;
import dev.myna.nn.Linear;
import dev.myna.nn.Loss;
import dev.myna.nn.Module;
import dev.myna.nn.Recurrent;
import dev.myna.nn.VocabularyLoss;
import dev.myna.spec.AlignmentSpec;
import dev.myna.spec.RecurrentSpec;
import dev.myna.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent encoder that reads a text from both ends and a recurrent decoder that says another,
 * without attention (Sutskever et al., 2014; Cho et al., 2014), or looking back at the text before
 * each step (Bahdanau et al., 2015) or after it, with what was seen fed into the next (Luong et
 * al., 2015). One table of embeddings serves both and the output.
 */
public final class RecurrentTranslator extends Module {
  /**
   * @param vocabulary V, of both texts
   * @param cell of both stacks
   * @param embedding E, size of embeddings
   * @param width C, of the decoder's states; of the encoder's, a half for each direction
   * @param layers of each stack
   * @param alignment how the decoder looks at the text
   * @param longest places that a location score knows
   * @param dropout of embeddings, between layers, and before the output
   */
  public record Spec(
      int vocabulary,
      RecurrentSpec.Kind cell,
      int embedding,
      int width,
      int layers,
      AlignmentSpec alignment,
      int longest,
      double dropout)
      implements SequenceSpec {
    public Spec {
      if (width % 2 != 0) {
        throw new IllegalArgumentException(
            "width must be even, a half for each direction of the encoder: found " + width);
      }
    }

    @Override
    public RecurrentTranslator make() {
      return new RecurrentTranslator(this);
    }

    @Override
    public int size() {
      return width;
    }

    private RecurrentSpec encoder() {
      return new RecurrentSpec(cell, embedding, width / 2, layers, true, between());
    }

    private RecurrentSpec decoder() {
      int fed = !alignment.looks() ? 0 : before() ? width : embedding;
      return new RecurrentSpec(cell, embedding + fed, width, layers, false, between());
    }

    private double between() {
      return layers > 1 ? dropout : 0;
    }

    /** Whether the decoder looks before its step, not after it. */
    private boolean before() {
      return alignment.score() == AlignmentSpec.Score.ADDITIVE;
    }
  }

  private final Spec spec;
  private final Embedding tokens;
  private final Dropout dropout;
  private final Recurrent encoder;
  private final Recurrent decoder;
  private final @Nullable Alignment alignment;
  private final Linear readout;
  private final Tensor bias;

  public RecurrentTranslator(Spec spec) {
    this.spec = spec;
    tokens = child("tokens", new Embedding(spec.vocabulary(), spec.embedding()));
    dropout = child("dropout", new Dropout(spec.dropout()));
    encoder = child("encoder", new Recurrent(spec.encoder()));
    decoder = child("decoder", new Recurrent(spec.decoder()));
    boolean looks = spec.alignment().looks();
    alignment =
        looks
            ? child("alignment", new Alignment(spec.alignment(), spec.width(), spec.longest()))
            : null;
    int said = looks ? 2 * spec.width() : spec.width();
    readout = child("readout", new Linear(said, spec.embedding(), true));
    bias = parameter("bias", spec.vocabulary());
  }

  public Spec spec() {
    return spec;
  }

  /**
   * Where the decoder stands.
   *
   * @param state of its layers
   * @param fed what is read beside the next token, (B, E); nothing where the decoder does not look
   *     after its steps
   * @param keys what is looked at; null without attention
   * @param step number of the next step
   */
  public record Carry(
      Recurrent.State state, @Nullable Tensor fed, Alignment.@Nullable Keys keys, int step) {
    /** All tensors. */
    public List<Tensor> tensors() {
      List<Tensor> all = new ArrayList<>(state.tensors());
      if (fed != null) {
        all.add(fed);
      }
      if (keys != null) {
        all.addAll(List.of(keys.memory(), keys.keys(), keys.there()));
      }
      return all;
    }

    /** Row i becomes what row {@code rows[i]} was. */
    public Carry reorder(Tensor rows) {
      return new Carry(
          state.reorder(rows),
          fed == null ? null : fed.indexSelect(0, rows),
          keys == null ? null : keys.reorder(rows),
          step);
    }
  }

  /**
   * Reads the texts.
   *
   * @param ids (B, S)
   * @param lengths of the texts, each from 1 to S
   * @param there where there is no padding, (B, S) boolean
   * @return where the decoder begins
   */
  public Carry read(Tensor ids, int[] lengths, Tensor there) {
    Recurrent.Result read = encoder.forward(dropout.forward(tokens.forward(ids)), lengths);
    List<Tensor> begin =
        read.state().tensors().stream().map(this::joined).toList(); // (layers, B, C)
    Tensor fed =
        alignment == null || spec.before()
            ? null
            : Tensor.zeros(
                read.outputs().dtype(), read.outputs().device(), ids.size(0), spec.embedding());
    return new Carry(
        new Recurrent.State(begin),
        fed,
        alignment == null ? null : alignment.keys(read.outputs(), there),
        0);
  }

  /** Both directions of each layer side by side: (layers · 2, B, C / 2) to (layers, B, C). */
  private Tensor joined(Tensor state) {
    long batch = state.size(1);
    return state
        .view(spec.layers(), 2, batch, spec.width() / 2)
        .transpose(1, 2)
        .reshape(spec.layers(), batch, spec.width());
  }

  /**
   * What a step gave.
   *
   * @param said what the output layer makes tokens of, (B, E)
   */
  public record Step(Tensor said, Carry carry) {}

  /**
   * Reads one token a row.
   *
   * @param ids (B)
   */
  public Step step(Tensor ids, Carry carry) {
    Tensor x = dropout.forward(tokens.forward(ids)); // (B, E)
    Tensor hidden = carry.state().hidden(); // (layers, B, C)
    Tensor before = spec.before() ? look(hidden.select(0, hidden.size(0) - 1), carry) : null;
    Tensor beside = before == null ? carry.fed() : before;
    Tensor input = beside == null ? x : Tensor.cat(List.of(x, beside), 1);
    Recurrent.Result result = decoder.forward(input.unsqueeze(1), carry.state());
    Tensor top = result.outputs().squeeze(1); // (B, C)
    Tensor seen = before == null ? look(top, carry) : before;
    Tensor whole = seen == null ? top : Tensor.cat(List.of(top, seen), 1);
    Tensor said = dropout.forward(readout.forward(whole).tanh()); // (B, E)
    Tensor fed = carry.fed() == null ? null : said;
    return new Step(said, new Carry(result.state(), fed, carry.keys(), carry.step() + 1));
  }

  private @Nullable Tensor look(Tensor state, Carry carry) {
    return alignment == null || carry.keys() == null
        ? null
        : alignment.look(state, carry.keys(), carry.step()).context(); // (B, C)
  }

  /**
   * Scores of the next token.
   *
   * @param said (…, E)
   * @return (…, V)
   */
  public Tensor logits(Tensor said) {
    return tokens.logits(said).add(bias);
  }

  /**
   * The loss of saying tokens.
   *
   * @param said (…, E)
   * @param targets of as many ids, or {@link Loss#IGNORED}
   * @param smoothing label smoothing (Szegedy et al., 2016)
   * @return a float32 scalar in nats a counted target
   */
  public Tensor loss(Tensor said, Tensor targets, double smoothing) {
    return VocabularyLoss.of(this::logits, List.of(tokens.weight(), bias), spec.vocabulary())
        .mean(said, targets, smoothing);
  }

  /**
   * What the output layer makes tokens of, at each place.
   *
   * @param read what it reads if nothing goes wrong, (B, T)
   * @param truth the chance, at each token after the first, that it reads that and not what it said
   *     itself (scheduled sampling, Bengio et al., 2015); 1 for teacher forcing
   * @param random decides
   * @return (B, T, E)
   */
  public Tensor say(Carry begin, Tensor read, double truth, Random random) {
    List<Tensor> said = new ArrayList<>();
    Carry carry = begin;
    Tensor ids = read.select(1, 0); // (B)
    for (int t = 0; t < read.size(1); t++) {
      Step step = step(ids, carry);
      said.add(step.said());
      carry = step.carry();
      if (t + 1 < read.size(1)) {
        ids = next(read.select(1, t + 1), step, truth, random);
      }
    }
    return Tensor.stack(said, 1); // (B, T, E)
  }

  private Tensor next(Tensor truth, Step step, double share, Random random) {
    if (share >= 1) {
      return truth;
    }
    boolean[] kept = new boolean[(int) truth.size(0)];
    for (int row = 0; row < kept.length; row++) {
      kept[row] = random.nextDouble() < share;
    }
    Tensor own = logits(step.said().detach()).argmax(1).to(truth.dtype()); // (B)
    return Tensor.of(kept, kept.length).to(truth.device()).where(truth, own);
  }
}
