package dev.myna.text.decode;

import java.util.List;

/** All tokens as one. */
public record FuseDecoder() implements Decoder {
  @Override
  public List<String> decode(List<String> tokens) {
    return List.of(String.join("", tokens));
  }
}
