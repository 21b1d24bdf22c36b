package dev.myna.nn;

import dev.myna.spec.AlignmentSpec;
import dev.myna.tensor.DType;
import dev.myna.tensor.Random;
import dev.myna.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Attention of a recurrent decoder over the encoder's states: additive (Bahdanau et al., 2015),
 * dot, general, concat and location (Luong et al., 2015); over all places or a window; soft or
 * hard.
 *
 * <p>A window that is predicted is Luong's local-p: its middle is {@code p = S · sigmoid(v · tanh(W
 * q))}, of S places that are no padding, and a place {@code s} in it weighs its share of the
 * window's scores times {@code exp(−(s − p)² / 2σ²)}, σ half of the window's reach. As in the
 * paper, the weights are not brought to one in sum again. Hard attention draws by their ratios.
 */
public final class Alignment extends Module {
  private final AlignmentSpec spec;
  private final int longest;
  private final @Nullable Linear query;
  private final @Nullable Linear key;
  private final @Nullable Linear energy;
  private final @Nullable Linear place;
  private final @Nullable Linear placeEnergy;

  /**
   * @param spec what looks at something
   * @param width C, of the decoder's states and of the encoder's
   * @param longest places that a location score knows; later ones are not looked at
   */
  public Alignment(AlignmentSpec spec, int width, int longest) {
    this.spec = spec;
    this.longest = longest;
    boolean sum =
        spec.score() == AlignmentSpec.Score.ADDITIVE || spec.score() == AlignmentSpec.Score.CONCAT;
    query =
        switch (spec.score()) {
          case ADDITIVE, CONCAT -> child("query", new Linear(width, width, true));
          case LOCATION -> child("query", new Linear(width, longest, true));
          case NONE, DOT, GENERAL -> null;
        };
    key =
        switch (spec.score()) {
          case ADDITIVE, CONCAT, GENERAL -> child("key", new Linear(width, width, false));
          case NONE, DOT, LOCATION -> null;
        };
    energy = sum ? child("energy", new Linear(width, 1, false)) : null;
    boolean predicts = spec.reach() == AlignmentSpec.Reach.PREDICTIVE;
    place = predicts ? child("place", new Linear(width, width, false)) : null;
    placeEnergy = predicts ? child("placeEnergy", new Linear(width, 1, false)) : null;
  }

  /**
   * What is looked at, with what of it does not change from step to step.
   *
   * @param memory the encoder's states, (B, S, C)
   * @param keys what states are compared with, (B, S, C)
   * @param there where there is no padding, (B, S) boolean
   */
  public record Keys(Tensor memory, Tensor keys, Tensor there) {
    /** Row i becomes what row {@code rows[i]} was. */
    public Keys reorder(Tensor rows) {
      return new Keys(
          memory.indexSelect(0, rows), keys.indexSelect(0, rows), there.indexSelect(0, rows));
    }
  }

  /** Makes the encoder's states ready to be looked at. */
  public Keys keys(Tensor memory, Tensor there) {
    return new Keys(memory, key == null ? memory : key.forward(memory).to(memory.dtype()), there);
  }

  /**
   * What was seen.
   *
   * @param context the weighted mean of the states, (B, C)
   * @param weights of the places, (B, S), of each row one in sum; less where the window is
   *     predicted
   */
  public record Seen(Tensor context, Tensor weights) {}

  /**
   * Looks once.
   *
   * @param state of the decoder, (B, C)
   * @param step number of the step, from 0: the middle of a monotonic window
   */
  public Seen look(Tensor state, Keys keys, int step) {
    Tensor scores = scores(state, keys).to(state.dtype()); // (B, S), whatever products are made in
    Tensor hidden = keys.there().not();
    long places = scores.size(1);
    Tensor all = Tensor.range(0, places, scores.device()).to(DType.FLOAT32).unsqueeze(0); // (1, S)
    Tensor weights =
        switch (spec.reach()) {
          case GLOBAL -> scores.maskedFill(hidden, -1e9).softmax(-1);
          case MONOTONIC -> {
            Tensor last = keys.there().to(DType.FLOAT32).sum(1, true).sub(one(scores)); // (B, 1)
            Tensor middle = last.sub(last.add(-step).relu()); // the end is never passed
            yield within(scores, all.sub(middle), hidden);
          }
          case PREDICTIVE -> {
            Tensor distance = all.sub(predicted(state, keys)); // (B, S)
            double deviation = spec.window() / 2.0;
            Tensor bell = distance.pow(2).div(-2 * deviation * deviation).exp();
            yield within(scores, distance, hidden).mul(bell);
          }
        };
    Tensor used = spec.hard() ? one(weights, keys) : weights;
    Tensor context = used.unsqueeze(1).matmul(keys.memory()).squeeze(1); // (B, C)
    return new Seen(context, used);
  }

  private static Tensor one(Tensor like) {
    return Tensor.full(1, like.dtype(), like.device(), 1);
  }

  private Tensor scores(Tensor state, Keys keys) {
    return switch (spec.score()) {
      case NONE -> throw new IllegalStateException("nothing is looked at");
      case DOT, GENERAL -> keys.keys().matmul(state.unsqueeze(-1)).squeeze(-1); // (B, S)
      case ADDITIVE, CONCAT ->
          need(energy)
              .forward(need(query).forward(state).unsqueeze(1).add(keys.keys()).tanh())
              .squeeze(-1);
      case LOCATION -> {
        Tensor own = need(query).forward(state); // (B, longest)
        long places = keys.memory().size(1);
        if (places <= longest) {
          yield own.narrow(1, 0, places);
        }
        Tensor never = Tensor.full(-1e9, own.dtype(), own.device(), own.size(0), places - longest);
        yield Tensor.cat(List.of(own, never), 1);
      }
    };
  }

  /** Weights of the places within the window; of padding, none. */
  private Tensor within(Tensor scores, Tensor distance, Tensor hidden) {
    Tensor outside =
        distance
            .abs()
            .add(-spec.window())
            .relu()
            .gt(Tensor.zeros(scores.dtype(), scores.device(), 1));
    return scores.maskedFill(outside, -1e8).maskedFill(hidden, -1e9).softmax(-1);
  }

  /** The middle of the window, {@code S · sigmoid(v · tanh(W q))}: (B, 1). */
  private Tensor predicted(Tensor state, Keys keys) {
    Tensor share = need(placeEnergy).forward(need(place).forward(state).tanh()).sigmoid(); // (B, 1)
    return share.mul(keys.there().to(DType.FLOAT32).sum(1, true));
  }

  /** One place for each row: drawn while training, else the likeliest. */
  private Tensor one(Tensor weights, Keys keys) {
    Tensor log = weights.detach().add(1e-20).log();
    Tensor drawn = log;
    if (training()) {
      Tensor noise = Random.current().uniform(weights.shape()).clamp(1e-9, 1 - 1e-7);
      drawn = log.add(noise.log().neg().log().neg().to(weights.device())); // Gumbel
    }
    Tensor best = drawn.maskedFill(keys.there().not(), -1e9).argmax(1).unsqueeze(1); // (B, 1)
    Tensor places = Tensor.range(0, weights.size(1), weights.device()).unsqueeze(0); // (1, S)
    Tensor chosen = places.eq(best).to(weights.dtype()); // (B, S)
    return weights.sub(weights.detach()).add(chosen);
  }

  private static Linear need(@Nullable Linear layer) {
    if (layer == null) {
      throw new IllegalStateException("the alignment has no such layer");
    }
    return layer;
  }
}
