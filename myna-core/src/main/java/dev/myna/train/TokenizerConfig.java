package dev.myna.train;

import dev.myna.text.train.TokenizerPreset;
import java.util.List;
import java.util.Optional;

/** How texts become tokens: a tokenizer to be learned from the training text, or a finished one. */
public record TokenizerConfig(
    @Key(value = "What is learned, or folder for a finished one.", otherwise = "bpe") Kind kind,
    @Key(
            value =
                "Size of a learned vocabulary, special tokens included; characters: all there are.",
            otherwise = "4000",
            least = 2,
            most = 10_000_000)
        int vocabulary,
    @Key("Tokens that stand for themselves and take the first ids, such as <|endoftext|>.")
        List<String> specialTokens,
    @Key(value = "Pairs and words seen less often are not learned.", otherwise = "2", least = 1)
        int minimumFrequency,
    @Key(value = "Most characters to keep, the rarest go.", otherwise = "2147483647", least = 1)
        int alphabetLimit,
    @Key(
            value = "No token gets longer than so many characters.",
            otherwise = "2147483647",
            least = 1)
        int maximumTokenLength,
    @Key("Folder or file of a finished tokenizer (tokenizer.json and the like), for kind folder.")
        Optional<String> path) {

  /** The kinds of tokenizers that a recipe can ask for. */
  public enum Kind {
    /** Every character is a token. */
    CHARACTERS,
    /** Byte-level pairs, as in GPT-2. */
    BPE,
    /** Pairs of characters with visible spaces, as in LLaMA. */
    METASPACE,
    /** Pieces of words, as in BERT. */
    WORDPIECE,
    /** A unigram model, as in SentencePiece. */
    UNIGRAM,
    /** Whole words. */
    WORDS,
    /**
     * Whatever stands between white space; the end of a line is the special token {@code <eos>}, if
     * there is one.
     */
    SPACED,
    /** Read from {@code path}. */
    FOLDER;

    /** How it is learned. */
    TokenizerPreset preset() {
      return switch (this) {
        case CHARACTERS -> TokenizerPreset.CHARACTERS;
        case BPE -> TokenizerPreset.BPE;
        case METASPACE -> TokenizerPreset.METASPACE;
        case WORDPIECE -> TokenizerPreset.WORDPIECE;
        case UNIGRAM -> TokenizerPreset.UNIGRAM;
        case WORDS -> TokenizerPreset.WORDS;
        case SPACED -> TokenizerPreset.SPACED;
        case FOLDER -> throw new IllegalStateException("a tokenizer of a folder is not learned");
      };
    }
  }

  public TokenizerConfig {
    specialTokens = List.copyOf(specialTokens);
    if ((kind == Kind.FOLDER) != path.isPresent()) {
      throw new IllegalArgumentException(
          kind == Kind.FOLDER
              ? "kind folder needs path"
              : "path needs kind folder: a tokenizer is learned or read, not both");
    }
  }
}
