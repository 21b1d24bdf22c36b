package dev.myna.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One greedy or sampled text in the making. */
final class Row {
  private final int prompt;
  private final int sequence;
  private final Tokens tokens;
  private final Sampling sampling;
  private final Sampler sampler;
  private final TextRow text;
  private final List<TokenChance> chances = new ArrayList<>();
  private @Nullable FinishReason finish;

  Row(
      int prompt,
      int sequence,
      Tokens tokens,
      Sampling sampling,
      @Nullable Supplier<Detokenizer> detokenizers) {
    this.prompt = prompt;
    this.sequence = sequence;
    this.tokens = tokens;
    this.sampling = sampling;
    this.sampler = Sampler.of(sampling.strategy(), sequence);
    this.text = new TextRow(detokenizers, sampling.stopStrings());
  }

  /**
   * Chooses the next token and tells the listener.
   *
   * @param logits of the model; written into
   */
  int advance(float[] logits, LogitsProcessor processors, Set<Integer> ends, Listener listener) {
    Logits.checkNumbers(logits, tokens.length());
    float @Nullable [] logProbabilities = null;
    if (sampling.logProbabilities() >= 0) {
      logProbabilities = logits.clone();
      Logits.logSoftmax(logProbabilities);
    }
    processors.process(tokens, logits);
    int token = sampler.next(logits);
    if (token < 0) {
      throw new GenerationException(
          "every token is ruled out at place %d: loosen no_repeat_ngram_size, min_new_tokens or the"
                  .formatted(tokens.length())
              + " banned tokens of the generation config");
    }
    tokens.append(token);
    TokenChance chance = null;
    if (logProbabilities != null) {
      chance = TokenChance.of(token, logProbabilities, sampling.logProbabilities());
      chances.add(chance);
    }
    boolean end = ends.contains(token);
    String piece = end ? "" : text.add(token);
    if (end) {
      finish = FinishReason.END_TOKEN;
    } else if (text.stopped()) {
      finish = FinishReason.STOP_STRING;
    } else if (tokens.length() >= tokens.limit()) {
      finish = FinishReason.LENGTH;
    }
    if (finish != null) {
      piece += text.finish();
    }
    boolean more =
        listener.heard(new Listener.Piece(prompt, sequence, token, piece, chance, finish));
    if (!more && finish == null) {
      finish = FinishReason.CANCELLED;
      String _ = text.finish();
    }
    return token;
  }

  boolean finished() {
    return finish != null;
  }

  Generated result() {
    FinishReason reason = finish == null ? FinishReason.CANCELLED : finish;
    return new Generated(prompt, sequence, tokens.continuation(), text.text(), reason, 0, chances);
  }
}
