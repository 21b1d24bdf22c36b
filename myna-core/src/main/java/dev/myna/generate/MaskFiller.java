package dev.myna.generate;

import dev.myna.model.Pretrained;
import dev.myna.nn.Mask;
import dev.myna.nn.Pass;
import dev.myna.spec.HeadSpec;
import dev.myna.spec.ModelSpec;
import dev.myna.tensor.DType;
import dev.myna.tensor.Device;
import dev.myna.tensor.Gradients;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import dev.myna.text.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Says what may stand in the hidden places of a text: the task that BERT (Devlin et al., 2019) and
 * its like learn.
 */
public final class MaskFiller {
  private final Pretrained pretrained;
  private final Tokenizer tokenizer;
  private final Device device;
  private final int mask;

  /**
   * A hidden place of a text.
   *
   * @param position of the token, those around the text included
   * @param tokens the likeliest ones, the likeliest first
   */
  public record Place(int position, List<TokenChance> tokens) {
    public Place {
      tokens = List.copyOf(tokens);
    }
  }

  /**
   * @param pretrained an encoder that says tokens, on the device
   * @throws GenerationException if it is none, or the tokenizer has no token that hides others
   */
  public MaskFiller(Pretrained pretrained, Tokenizer tokenizer, Device device) {
    ModelSpec spec = pretrained.model().spec();
    if (!(spec instanceof ModelSpec.Encoder && spec.head() instanceof HeadSpec.Language)) {
      throw new GenerationException(
          "hidden tokens are said by an encoder with a head for them (BertForMaskedLM and its like); the configuration of this model is of %s"
              .formatted(pretrained.config().path("architectures")));
    }
    this.pretrained = pretrained;
    this.tokenizer = tokenizer;
    this.device = device;
    mask =
        Stream.of("[MASK]", "<mask>")
            .map(tokenizer::id)
            .filter(OptionalInt::isPresent)
            .mapToInt(OptionalInt::getAsInt)
            .findFirst()
            .orElseThrow(
                () ->
                    new GenerationException(
                        "a token that hides others was wanted, but the tokenizer has neither [MASK]"
                            + " nor <mask>"));
    pretrained.model().training(false);
  }

  /** The token that hides others, as it is written in texts. */
  public String mask() {
    return tokenizer.token(mask);
  }

  /**
   * What may stand in the hidden places of a text.
   *
   * @param count of tokens for each place
   * @throws GenerationException if no place is hidden, or the text is too long
   */
  public List<Place> fill(String text, int count) {
    int[] ids = tokenizer.encode(text).ids();
    int context = pretrained.model().spec().context();
    if (ids.length > context) {
      throw new GenerationException(
          "the text has %,d tokens and the model reads %,d; shorten it"
              .formatted(ids.length, context));
    }
    List<Integer> hidden = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == mask) {
        hidden.add(i);
      }
    }
    if (hidden.isEmpty()) {
      throw new GenerationException(
          "a text with %s in place of a word was wanted, found \"%s\"".formatted(mask(), text));
    }
    List<Place> places = new ArrayList<>();
    try (Scope scope = Scope.open();
        Gradients off = Gradients.off()) {
      Tensor row = Tensor.of(ids, 1, ids.length).to(device); // (1, T)
      Tensor states = pretrained.model().hidden(row, Pass.whole(row, Mask.ALL)); // (1, T, C)
      for (int position : hidden) {
        float[] said =
            pretrained
                .model()
                .logits(states.select(0, 0).select(0, position)) // (V)
                .to(DType.FLOAT32)
                .logSoftmax(-1)
                .to(Device.CPU)
                .toFloats();
        places.add(new Place(position, TokenChance.of(mask, said, count).alternatives()));
      }
    }
    return places;
  }

  /** The text with the likeliest token in each hidden place. */
  public String filled(String text, List<Place> places) {
    int[] ids = tokenizer.encode(text).ids();
    places.forEach(place -> ids[place.position()] = place.tokens().getFirst().token());
    return tokenizer.decode(ids);
  }
}
