package dev.myna.generate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Beam search for a batch: each prompt has its own beams, finished prompts leave the batch. */
final class BeamLoop {
  private final Run run;
  private final Strategy.Beam options;

  BeamLoop(Run run, Strategy.Beam options) {
    this.run = run;
    this.options = options;
  }

  /**
   * @param first logits after each prompt
   */
  List<Generated> texts(List<Tokens> prompts, float[][] first) {
    List<BeamSearch> searches = new ArrayList<>();
    for (Tokens prompt : prompts) {
      searches.add(new BeamSearch(prompt, options, run.ends()));
    }
    float[][] logits = run.repeat(first, options.count());
    List<BeamSearch> active = searches;
    while (!active.isEmpty()) {
      List<BeamSearch> next = new ArrayList<>();
      List<Integer> parents = new ArrayList<>();
      List<Integer> tokens = new ArrayList<>();
      for (int i = 0; i < active.size(); i++) {
        BeamSearch search = active.get(i);
        int offset = i * options.count();
        search.advance(new BeamScores(search, logits, offset));
        if (!search.done()) {
          next.add(search);
          for (BeamSearch.Hypothesis each : search.running()) {
            parents.add(offset + each.parent());
            tokens.add(each.tokens().at(each.tokens().length() - 1));
          }
        }
      }
      run.stepped();
      if (!next.isEmpty()) {
        logits = run.goOn(parents, tokens);
      }
      active = next;
    }
    return results(searches);
  }

  private List<Generated> results(List<BeamSearch> searches) {
    List<Generated> texts = new ArrayList<>();
    for (int prompt = 0; prompt < searches.size(); prompt++) {
      List<BeamSearch.Hypothesis> ended = searches.get(prompt).ended();
      if (ended.isEmpty()) {
        throw new GenerationException(
            "no beam of prompt %d came to an end, as every token is ruled out: loosen"
                    .formatted(prompt)
                + " no_repeat_ngram_size or the banned tokens of the generation config");
      }
      int count = Math.min(run.sampling().sequences(), ended.size());
      for (int sequence = 0; sequence < count; sequence++) {
        texts.add(result(prompt, sequence, ended.get(sequence)));
      }
    }
    return texts;
  }

  private Generated result(int prompt, int sequence, BeamSearch.Hypothesis ended) {
    int[] tokens = ended.tokens().continuation();
    boolean end = run.ends().contains(tokens[tokens.length - 1]);
    FinishReason finish = end ? FinishReason.END_TOKEN : FinishReason.LENGTH;
    List<TokenChance> chances = BeamSearch.Chances.list(ended.chances());
    TextRow text = run.text(ended.tokens(), List.of());
    for (int i = 0; i < tokens.length; i++) {
      boolean last = i == tokens.length - 1;
      String piece = last && end ? "" : text.add(tokens[i]);
      piece += last ? text.finish() : "";
      TokenChance chance = chances.isEmpty() ? null : chances.get(i);
      // The text is complete: there is nothing left to be cancelled.
      boolean _ =
          run.tell(
              new Listener.Piece(prompt, sequence, tokens[i], piece, chance, last ? finish : null));
    }
    return new Generated(prompt, sequence, tokens, text.text(), finish, ended.score(), chances);
  }

  /** The scores of the beams of one prompt, whose rows stand from an offset on. */
  private final class BeamScores implements BeamSearch.Scores {
    private final List<float[]> scores = new ArrayList<>();
    private final List<float[]> logProbabilities = new ArrayList<>();

    BeamScores(BeamSearch search, float[][] logits, int offset) {
      for (int beam = 0; beam < search.running().size(); beam++) {
        float[] row = logits[offset + beam];
        Tokens tokens = search.running().get(beam).tokens();
        Logits.checkNumbers(row, tokens.length());
        Logits.logSoftmax(row);
        if (run.sampling().logProbabilities() >= 0) {
          logProbabilities.add(row.clone());
        }
        run.processors().process(tokens, row);
        scores.add(row);
      }
    }

    @Override
    public float[] of(int beam) {
      return scores.get(beam);
    }

    @Override
    public @Nullable TokenChance chance(int beam, int token) {
      return logProbabilities.isEmpty()
          ? null
          : TokenChance.of(token, logProbabilities.get(beam), run.sampling().logProbabilities());
    }
  }
}
