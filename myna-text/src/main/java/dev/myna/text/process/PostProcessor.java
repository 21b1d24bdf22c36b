package dev.myna.text.process;

import dev.myna.text.Encoding;
import java.util.List;

/**
 * Puts special tokens and type ids around the tokens of a text or a pair. Variants have no state.
 */
public sealed interface PostProcessor
    permits BertProcessor,
        ByteLevelProcessor,
        ProcessorSequence,
        RobertaProcessor,
        TemplateProcessor {

  /** How many tokens are added to a single text or to a pair. */
  int added(boolean pair);

  /**
   * The encodings with what this processor puts around them.
   *
   * @param encodings one, or two for a pair, or what the processor before this one gave
   * @param specialTokens whether special tokens are added
   */
  List<Encoding> process(List<Encoding> encodings, boolean specialTokens);
}
