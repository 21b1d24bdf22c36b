package dev.myna.evaluate;

import dev.myna.model.Pretrained;
import dev.myna.model.Transformer;
import dev.myna.nn.Loss;
import dev.myna.nn.Mask;
import dev.myna.nn.Memory;
import dev.myna.nn.Pass;
import dev.myna.nn.Taps;
import dev.myna.spec.HeadSpec;
import dev.myna.spec.ModelSpec;
import dev.myna.tensor.CheckpointException;
import dev.myna.tensor.DType;
import dev.myna.tensor.Safetensors;
import dev.myna.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Everything that a model makes of the inputs of a reference, by the library's names. */
final class ParityOutputs {
  /** Names of inputs. */
  static final Set<String> INPUTS =
      Set.of(
          "input_ids",
          "attention_mask",
          "token_type_ids",
          "position_ids",
          "decoder_input_ids",
          "decoder_attention_mask",
          "labels",
          "next_sentence_label",
          "start_positions",
          "end_positions");

  /**
   * Where there is no padding.
   *
   * @param flags B·T
   * @param length T
   */
  private record Places(boolean[] flags, int length) {
    static Places of(Tensor real) {
      long[] values = real.to(DType.INT64).toLongs();
      boolean[] flags = new boolean[values.length];
      for (int i = 0; i < flags.length; i++) {
        flags[i] = values[i] != 0;
      }
      return new Places(flags, (int) real.size(1));
    }
  }

  /**
   * @param counted says of an element whether it is of a position that is no padding
   */
  record Output(Tensor value, IntPredicate counted) {
    /** Something said of whole texts. */
    static Output whole(Tensor value) {
      return new Output(value, index -> true);
    }

    /** Something said of each token: (B, T, …), (B·T, …), or (B, H, T, S). */
    private static Output perToken(Tensor value, Places places) {
      int heads = value.dim() == 4 ? (int) value.size(1) : 1;
      int width = (int) value.numel() / places.flags.length / heads;
      int length = places.length;
      return new Output(
          value,
          index -> {
            int place = index / width;
            return places.flags[place / length / heads * length + place % length];
          });
    }

    boolean counts(int index) {
      return counted.test(index);
    }
  }

  private final Pretrained pretrained;
  private final Transformer model;
  private final Safetensors reference;
  private final Map<String, Output> all = new LinkedHashMap<>();

  ParityOutputs(Pretrained pretrained, Safetensors reference) {
    this.pretrained = pretrained;
    this.model = pretrained.model();
    this.reference = reference;
    Tensor ids = input("input_ids");
    if (ids == null) {
      throw new CheckpointException(
          "reference.safetensors has no input_ids: there is nothing to compute outputs of");
    }
    compute(ids);
  }

  /** By name. */
  Map<String, Output> all() {
    return all;
  }

  private @Nullable Tensor input(String name) {
    return reference.names().contains(name) ? reference.tensor(name) : null;
  }

  private void compute(Tensor ids) {
    Tensor real = real("attention_mask", ids);
    Places counted = Places.of(real);
    Taps.Recorder taps = new Taps.Recorder();
    switch (model.spec()) {
      case ModelSpec.Decoder decoder -> {
        Tensor hidden = model.hidden(ids, pass(ids, Mask.CAUSAL, real, taps));
        record("", hidden, taps, counted);
        heads(hidden, ids, real, counted);
        causalLoss(taps, real);
      }
      case ModelSpec.Encoder encoder -> {
        Tensor hidden = model.hidden(ids, pass(ids, Mask.ALL, real, taps));
        record("", hidden, taps, counted);
        heads(hidden, ids, real, counted);
        new ParityLoss(pretrained.config(), all, this::input).add();
      }
      case ModelSpec.EncoderDecoder both -> {
        Tensor states = model.encode(ids, pass(ids, Mask.ALL, real, taps));
        record("encoder_", states, taps, counted);
        Tensor given = input("decoder_input_ids");
        Tensor labels = input("labels");
        if (both.head() instanceof HeadSpec.Language && labels != null) {
          lossOfLabels(labels, Memory.of(states, new Mask.Padding(Mask.ALL, real)));
        }
        Tensor target = given == null ? shifted(ids) : given;
        Tensor targetReal = real("decoder_attention_mask", target);
        Places targetCounted = Places.of(targetReal);
        Taps.Recorder decoding = new Taps.Recorder();
        Memory memory = Memory.of(states, new Mask.Padding(Mask.ALL, real));
        Tensor hidden =
            model.hidden(target, pass(target, Mask.CAUSAL, targetReal, decoding).with(memory));
        record("decoder_", hidden, decoding, targetCounted);
        heads(hidden, both.head() instanceof HeadSpec.Text ? ids : target, null, targetCounted);
        if (!(both.head() instanceof HeadSpec.Language)) {
          new ParityLoss(pretrained.config(), all, this::input).add();
        }
      }
    }
  }

  private Tensor real(String name, Tensor ids) {
    Tensor given = input(name);
    return given == null ? ids.ge(Long.MIN_VALUE) : given.ne(0); // (B, T)
  }

  private Pass pass(Tensor ids, Mask mask, Tensor real, Taps taps) {
    Pass pass = Pass.whole(ids, new Mask.Padding(mask, real)).with(taps);
    Tensor positions = input("position_ids");
    Tensor kinds = input("token_type_ids");
    Pass placed = positions == null ? pass : pass.withPositions(positions);
    return placed.withSegments(kinds);
  }

  /**
   * The loss of a decoder that reads the labels themselves, one later, whatever other ids it is
   * given.
   */
  private void lossOfLabels(Tensor labels, Memory memory) {
    int padding = pretrained.config().path("pad_token_id").asInt(0);
    Tensor read = shifted(labels.maskedFill(labels.eq(Loss.IGNORED), padding));
    Tensor given = input("decoder_attention_mask"); // of other ids, if it has another shape
    Mask mask =
        given != null && Arrays.equals(given.shape(), read.shape())
            ? new Mask.Padding(Mask.CAUSAL, given.ne(0))
            : Mask.CAUSAL;
    Tensor hidden = model.hidden(read, Pass.whole(read, mask).with(memory));
    all.put("loss", Output.whole(Loss.crossEntropy(model.logits(hidden), labels)));
  }

  /** The ids, one later, as an encoder-decoder reads them when it judges its own source. */
  private Tensor shifted(Tensor ids) {
    JsonNode start = pretrained.config().path("decoder_start_token_id");
    if (!start.isInt()) {
      throw new CheckpointException(
          "config.json must say decoder_start_token_id: the decoder starts with it");
    }
    Tensor first = Tensor.full(start.asInt(), DType.INT64, ids.device(), ids.size(0), 1); // (B, 1)
    return Tensor.cat(List.of(first, ids.narrow(1, 0, ids.size(1) - 1)), 1); // (B, T)
  }

  private void record(String prefix, Tensor hidden, Taps.Recorder taps, Places real) {
    put(
        prefix.equals("encoder_") ? "encoder_last_hidden_state" : "last_hidden_state",
        hidden,
        real);
    put(prefix + "hidden_states.last", hidden, real);
    for (int i = 0; i < taps.hiddens().size(); i++) {
      put(prefix + "hidden_states." + i, taps.hiddens().get(i), real);
    }
    for (int i = 0; i < taps.attentions().size(); i++) {
      put(prefix + "attentions." + i, taps.attentions().get(i), real);
    }
    for (int i = 0; i < taps.crossAttentions().size(); i++) {
      put("cross_attentions." + i, taps.crossAttentions().get(i), real);
    }
    for (int i = 0; i < taps.routings().size(); i++) {
      put("router_logits." + i, taps.routings().get(i), real);
    }
  }

  private void heads(Tensor hidden, Tensor ids, @Nullable Tensor real, Places counted) {
    ModelSpec spec = model.spec();
    boolean second = spec instanceof ModelSpec.Encoder e && e.sentence().isPresent();
    switch (spec.head()) {
      case HeadSpec.None none -> {
        if (second) {
          all.put("pooler_output", Output.whole(model.text(hidden, ids, real)));
        }
      }
      case HeadSpec.Language language -> {
        put(second ? "prediction_logits" : "logits", model.logits(hidden), counted);
        if (second) {
          all.put("seq_relationship_logits", Output.whole(model.text(hidden, ids, real)));
        }
      }
      case HeadSpec.Tokens tokens -> {
        Tensor logits = model.logits(hidden); // (B, T, L)
        put("logits", logits, counted);
        if (tokens.labels() == 2) {
          put("start_logits", logits.select(2, 0), counted);
          put("end_logits", logits.select(2, 1), counted);
        }
      }
      case HeadSpec.Text text -> all.put("logits", Output.whole(model.text(hidden, ids, real)));
    }
  }

  /** Of a decoder, labels are the ids themselves: each is predicted one position earlier. */
  private void causalLoss(Taps.Recorder taps, Tensor real) {
    ParityLoss loss = new ParityLoss(pretrained.config(), all, this::input);
    if (!taps.routings().isEmpty()) {
      loss.balance(taps.routings(), real);
    }
    if (model.spec().head() instanceof HeadSpec.Language) {
      loss.addShifted();
    } else {
      loss.add();
    }
  }

  private void put(String name, Tensor value, Places places) {
    all.put(name, Output.perToken(value, places));
  }
}
