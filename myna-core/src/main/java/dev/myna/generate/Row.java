package dev.myna.generate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One greedy or sampled text in the making. */
final class Row {
  private final int prompt;
  private final int sequence;
  private final Tokens tokens;
  private final Run run;
  private final Sampler sampler;
  private final TextRow text;
  private final List<TokenChance> chances = new ArrayList<>();
  private @Nullable FinishReason finish;

  Row(int prompt, int sequence, Tokens tokens, Run run) {
    this.prompt = prompt;
    this.sequence = sequence;
    this.tokens = tokens;
    this.run = run;
    this.sampler = Sampler.of(run.sampling().strategy(), sequence);
    this.text = run.text(tokens, run.sampling().stopStrings());
  }

  /**
   * Chooses the next token and tells the listener.
   *
   * @param logits of the model; written into
   */
  int advance(float[] logits) {
    Logits.checkNumbers(logits, tokens.length());
    int reported = run.sampling().logProbabilities();
    float[] logProbabilities = reported < 0 ? logits : logits.clone();
    run.processors().process(tokens, logits);
    int token = sampler.next(logits);
    if (token < 0) {
      throw new GenerationException(
          "every token is ruled out at place %d: loosen no_repeat_ngram_size, min_new_tokens or the"
                  .formatted(tokens.length())
              + " banned tokens of the generation config");
    }
    tokens.append(token);
    TokenChance chance = null;
    if (reported >= 0) {
      Logits.logSoftmax(logProbabilities);
      chance = TokenChance.of(token, logProbabilities, reported);
      chances.add(chance);
    }
    tell(token, chance);
    return token;
  }

  private void tell(int token, @Nullable TokenChance chance) {
    boolean end = run.ends().contains(token);
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
    boolean more = run.tell(new Listener.Piece(prompt, sequence, token, piece, chance, finish));
    if (!more && finish == null) {
      finish = FinishReason.CANCELLED; // the text is what was heard
    }
  }

  boolean finished() {
    return finish != null;
  }

  Generated result() {
    FinishReason reason = finish == null ? FinishReason.CANCELLED : finish;
    return new Generated(prompt, sequence, tokens.continuation(), text.text(), reason, 0, chances);
  }
}
