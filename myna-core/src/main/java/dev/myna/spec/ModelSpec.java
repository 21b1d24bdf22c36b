package dev.myna.spec;

import java.util.Optional;

/** A model, described. */
public sealed interface ModelSpec {
  /** The tower that the head stands on: the decoder where there is one. */
  TowerSpec top();

  /** The longest text that the model was made for, in tokens. */
  int context();

  /** What is said of each token, or of the text. */
  HeadSpec head();

  /** How large fresh weights are. */
  InitialWeights initial();

  /** The same with fresh weights of another size. */
  ModelSpec with(InitialWeights other);

  /** V. */
  default int vocabulary() {
    return top().embedding().vocabulary();
  }

  /** C. */
  default int width() {
    return top().embedding().width();
  }

  /** Number of blocks of all towers. */
  default int layers() {
    return top().blocks().size();
  }

  /** A causal language model, or what stands on one. */
  record Decoder(TowerSpec decoder, int context, HeadSpec head, InitialWeights initial)
      implements ModelSpec {
    public Decoder {
      fits(decoder, context);
    }

    @Override
    public Decoder with(InitialWeights other) {
      return new Decoder(decoder, context, head, other);
    }

    @Override
    public TowerSpec top() {
      return decoder;
    }
  }

  /**
   * A model that sees the whole text at once.
   *
   * @param sentence a second head, which says something of the whole text (BERT's next sentence, or
   *     its pooler alone)
   */
  record Encoder(
      TowerSpec encoder,
      int context,
      HeadSpec head,
      Optional<HeadSpec.Text> sentence,
      InitialWeights initial)
      implements ModelSpec {
    public Encoder {
      fits(encoder, context);
    }

    @Override
    public Encoder with(InitialWeights other) {
      return new Encoder(encoder, context, head, sentence, other);
    }

    @Override
    public TowerSpec top() {
      return encoder;
    }
  }

  /**
   * A decoder that looks at what an encoder made of another text (Vaswani et al., 2017).
   *
   * @param shared whether both use the same table of token embeddings
   */
  record EncoderDecoder(
      TowerSpec encoder,
      TowerSpec decoder,
      boolean shared,
      int context,
      HeadSpec head,
      InitialWeights initial)
      implements ModelSpec {
    public EncoderDecoder {
      fits(encoder, context);
      fits(decoder, context);
      Require.that(
          encoder.embedding().width() == decoder.embedding().width(),
          "encoder and decoder must have one width, found %d and %d",
          encoder.embedding().width(),
          decoder.embedding().width());
      Require.that(
          !shared || encoder.embedding().vocabulary() == decoder.embedding().vocabulary(),
          "shared embeddings need one vocabulary, found %d and %d tokens",
          encoder.embedding().vocabulary(),
          decoder.embedding().vocabulary());
      Require.that(
          decoder.blocks().stream().allMatch(block -> block.cross().isPresent()),
          "each block of a decoder must look at the encoder");
    }

    @Override
    public EncoderDecoder with(InitialWeights other) {
      return new EncoderDecoder(encoder, decoder, shared, context, head, other);
    }

    @Override
    public TowerSpec top() {
      return decoder;
    }

    @Override
    public int layers() {
      return encoder.blocks().size() + decoder.blocks().size();
    }
  }

  private static void fits(TowerSpec tower, int context) {
    Require.positive("context", context);
    Require.that(
        !(tower.embedding().positions() instanceof PositionSpec.Learned learned)
            || learned.context() == context,
        "a model with learned positions has exactly that context: %s, found %d",
        tower.embedding().positions(),
        context);
  }
}
