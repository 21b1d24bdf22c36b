package dev.myna.text.decode;

import java.util.List;

/** One decoder after the other. */
public record DecoderSequence(List<Decoder> decoders) implements Decoder {
  public DecoderSequence {
    decoders = List.copyOf(decoders);
  }

  public static DecoderSequence of(Decoder... decoders) {
    return new DecoderSequence(List.of(decoders));
  }

  @Override
  public List<String> decode(List<String> tokens) {
    List<String> result = tokens;
    for (Decoder decoder : decoders) {
      result = decoder.decode(result);
    }
    return result;
  }
}
