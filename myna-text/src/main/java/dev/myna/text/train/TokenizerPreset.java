package dev.myna.text.train;

import dev.myna.text.decode.ByteFallbackDecoder;
import dev.myna.text.decode.ByteLevelDecoder;
import dev.myna.text.decode.DecoderSequence;
import dev.myna.text.decode.FuseDecoder;
import dev.myna.text.decode.MetaspaceDecoder;
import dev.myna.text.decode.ReplaceDecoder;
import dev.myna.text.decode.StripDecoder;
import dev.myna.text.decode.WordPieceDecoder;
import dev.myna.text.normalize.BertNormalizer;
import dev.myna.text.normalize.NmtNormalizer;
import dev.myna.text.normalize.NormalizerSequence;
import dev.myna.text.normalize.ReplaceNormalizer;
import dev.myna.text.normalize.UnicodeNormalizer;
import dev.myna.text.process.ByteLevelProcessor;
import dev.myna.text.process.SpecialToken;
import dev.myna.text.process.TemplateProcessor;
import dev.myna.text.split.BertSplit;
import dev.myna.text.split.ByteLevelSplit;
import dev.myna.text.split.MetaspaceSplit;
import dev.myna.text.split.WhitespaceSplit;
import dev.myna.text.split.WordSplit;
import java.text.Normalizer.Form;
import java.util.List;
import java.util.stream.Stream;

/**
 * The kinds of tokenizers that are learned, each with the stages that its best-known systems have.
 */
public enum TokenizerPreset {
  /** Byte-level pairs, as in GPT-2: nothing is unknown, every text comes back as it was. */
  BPE {
    @Override
    public TokenizerSpec spec(VocabularyOptions options) {
      return new TokenizerSpec(
          null,
          new ByteLevelSplit(false, true, true),
          new ByteLevelProcessor(true, false, true),
          new ByteLevelDecoder(true, true, true),
          BpeTrainer.of(options.withInitialAlphabet(TokenizerSpec.byteAlphabet())),
          false);
    }
  },

  /**
   * Pairs of characters with visible spaces, as in LLaMA: characters that the text lacks become
   * their bytes.
   */
  METASPACE {
    @Override
    public TokenizerSpec spec(VocabularyOptions options) {
      return new TokenizerSpec(
          null,
          new MetaspaceSplit(SPACE, MetaspaceSplit.Prepend.FIRST, true),
          null,
          DecoderSequence.of(
              new ReplaceDecoder(ReplaceNormalizer.literal(Character.toString(SPACE), " ")),
              new ByteFallbackDecoder(),
              new FuseDecoder(),
              new StripDecoder(' ', 1, 0)),
          BpeTrainer.of(first(options, UNKNOWN)).withByteFallback(UNKNOWN),
          false);
    }
  },

  /** Pieces of words, as in BERT without capitals, between {@code [CLS]} and {@code [SEP]}. */
  WORDPIECE {
    @Override
    public TokenizerSpec spec(VocabularyOptions options) {
      VocabularyOptions all = first(options, "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
      List<SpecialToken> around =
          Stream.of("[CLS]", "[SEP]")
              .map(token -> new SpecialToken(token, all.specialTokens().indexOf(token)))
              .toList();
      return new TokenizerSpec(
          BertNormalizer.UNCASED,
          new BertSplit(),
          TemplateProcessor.of("[CLS] $A [SEP]", "[CLS] $A [SEP] $B:1 [SEP]:1", around),
          new WordPieceDecoder("##", true),
          WordPieceTrainer.of(all),
          false);
    }
  },

  /** A unigram model of pieces with visible spaces, as in ALBERT and T5. */
  UNIGRAM {
    @Override
    public TokenizerSpec spec(VocabularyOptions options) {
      return new TokenizerSpec(
          new NormalizerSequence(
              List.of(
                  new NmtNormalizer(),
                  new UnicodeNormalizer(Form.NFKC),
                  ReplaceNormalizer.regex(" {2,}", " "))),
          MetaspaceSplit.DEFAULT,
          null,
          MetaspaceDecoder.DEFAULT,
          UnigramTrainer.of(first(options, UNKNOWN), UNKNOWN),
          false);
    }
  },

  /** Whole words and runs of punctuation; white space is lost. */
  WORDS {
    @Override
    public TokenizerSpec spec(VocabularyOptions options) {
      return new TokenizerSpec(
          null,
          new WordSplit(),
          null,
          null,
          new WordLevelTrainer(first(options, UNKNOWN), UNKNOWN),
          false);
    }
  },

  /**
   * Whatever stands between white space is a word, as in texts that are tokenized already. Where
   * {@code <eos>} is among the special tokens, it stands for the end of a line.
   */
  SPACED {
    @Override
    public TokenizerSpec spec(VocabularyOptions options) {
      boolean ends = options.specialTokens().contains(END_OF_LINE);
      return new TokenizerSpec(
          ends ? ReplaceNormalizer.literal("\n", " " + END_OF_LINE + " ") : null,
          new WhitespaceSplit(),
          null,
          null,
          new WordLevelTrainer(first(options, UNKNOWN), UNKNOWN),
          false);
    }
  },

  /** Every character that the text has; others are dropped. */
  CHARACTERS {
    @Override
    public TokenizerSpec spec(VocabularyOptions options) {
      return TokenizerSpec.characters(options, null);
    }
  };

  /** The unknown token of all kinds but BERT's. */
  static final String UNKNOWN = "<unk>";

  private static final String END_OF_LINE = "<eos>";

  private static final int SPACE = '▁';

  /**
   * What is to be learned. Special tokens that the kind cannot do without are put before the given
   * ones where they are not among them.
   */
  public abstract TokenizerSpec spec(VocabularyOptions options);

  private static VocabularyOptions first(VocabularyOptions options, String... needed) {
    List<String> given = options.specialTokens();
    Stream<String> missing = Stream.of(needed).filter(token -> !given.contains(token));
    List<String> all = Stream.concat(missing, given.stream()).toList();
    return options.withSize(Math.max(options.size(), all.size())).withSpecialTokens(all);
  }
}
