package dev.myna.text.decode;

import java.util.List;

/** Turns tokens back into text, token by token, so that several can follow each other. */
public sealed interface Decoder
    permits BpeDecoder,
        ByteFallbackDecoder,
        ByteLevelDecoder,
        CtcDecoder,
        DecoderSequence,
        FuseDecoder,
        MetaspaceDecoder,
        ReplaceDecoder,
        StripDecoder,
        WordPieceDecoder {
  /** What the tokens become; the text is all of them together. */
  List<String> decode(List<String> tokens);
}
