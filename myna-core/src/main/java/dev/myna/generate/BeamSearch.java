package dev.myna.generate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Beam search for one prompt: which texts go on after each step, and which have ended.
 *
 * <p>Follows the beam search of Hugging Face Transformers 5 to the token, its single-precision
 * scores and its marks for beams that do not exist (a score of -1e9) included.
 */
final class BeamSearch {
  /** Score of a beam that does not exist: below that of any real one, and still a number. */
  private static final float NOWHERE = -1e9f;

  private static final Comparator<Hypothesis> BEST_FIRST =
      Comparator.comparing(Hypothesis::score, Comparator.reverseOrder());

  /**
   * A text, running or ended.
   *
   * @param logProbability of the continuation
   * @param score by which texts are ranked: the log-probability, of an ended text with the length
   *     penalty applied
   * @param parent the beam that it was before the last step
   */
  record Hypothesis(
      Tokens tokens, float logProbability, float score, int parent, @Nullable Chances chances) {

    Hypothesis(Tokens tokens, float score, int parent, @Nullable Chances chances) {
      this(tokens, score, score, parent, chances);
    }

    Hypothesis scored(float newScore) {
      return new Hypothesis(tokens, logProbability, newScore, parent, chances);
    }
  }

  /** The chances of a hypothesis' tokens, the last one first. */
  record Chances(TokenChance last, @Nullable Chances before) {
    static List<TokenChance> list(@Nullable Chances chances) {
      List<TokenChance> all = new ArrayList<>();
      for (Chances at = chances; at != null; at = at.before()) {
        all.addFirst(at.last());
      }
      return all;
    }
  }

  /** Log-probabilities of the tokens after each beam, and the chances to report of them. */
  interface Scores {
    float[] of(int beam);

    @Nullable TokenChance chance(int beam, int token);
  }

  private final Strategy.Beam options;
  private final Set<Integer> ends;
  private List<Hypothesis> running = new ArrayList<>();
  private List<Hypothesis> ended = new ArrayList<>();
  private boolean improvable = true;
  private boolean done;

  BeamSearch(Tokens prompt, Strategy.Beam options, Set<Integer> ends) {
    this.options = options;
    this.ends = ends;
    for (int beam = 0; beam < options.count(); beam++) {
      // All beams start alike; only the first exists, or all would stay alike.
      running.add(new Hypothesis(prompt, beam == 0 ? 0 : NOWHERE, beam, null));
    }
  }

  /** The beams that go on, the best first; always as many as were asked for. */
  List<Hypothesis> running() {
    return running;
  }

  /**
   * The texts that have ended, the best first. Fewer than beams where bans left fewer ways to go
   * on.
   */
  List<Hypothesis> ended() {
    return ended.stream().filter(text -> text.logProbability() > NOWHERE / 2).toList();
  }

  boolean done() {
    return done;
  }

  /** Takes one step with the scores of all running beams. */
  void advance(Scores scores) {
    // Enough candidates that, even if each beam's end tokens come first, all beams can go on.
    int wanted = Math.max(2, 1 + ends.size()) * options.count();
    List<Hypothesis> candidates = candidates(scores, wanted);
    List<Hypothesis> next = new ArrayList<>();
    List<Hypothesis> finals = new ArrayList<>(ended);
    boolean closed = !improvable || (full() && options.earlyStopping() == EarlyStopping.AT_ONCE);
    boolean allEnd = true;
    for (int rank = 0; rank < candidates.size(); rank++) {
      Hypothesis candidate = candidates.get(rank);
      boolean end = ends(candidate.tokens());
      allEnd &= end;
      next.add(end ? candidate.scored(candidate.score() + NOWHERE) : candidate);
      float value = candidate.score() / power(candidate.tokens().appended());
      if (end && rank < options.count() && !closed && value > NOWHERE) {
        finals.add(candidate.scored(value));
      }
    }
    running = best(next);
    ended = best(finals);
    improvable &= bestPossible() > (full() ? ended.getLast().score() : NOWHERE);
    done = !improvable || allEnd || (full() && options.earlyStopping() == EarlyStopping.AT_ONCE);
  }

  private List<Hypothesis> candidates(Scores scores, int wanted) {
    record Candidate(int beam, int token, float score) {}
    List<Candidate> all = new ArrayList<>();
    for (int beam = 0; beam < options.count(); beam++) {
      float[] sums = scores.of(beam).clone();
      for (int token = 0; token < sums.length; token++) {
        sums[token] += running.get(beam).score();
      }
      for (int token : Logits.top(sums, wanted)) {
        all.add(new Candidate(beam, token, sums[token]));
      }
    }
    all.sort(Comparator.comparing(Candidate::score, Comparator.reverseOrder()));
    List<Hypothesis> best = new ArrayList<>();
    for (Candidate candidate : all.subList(0, Math.min(wanted, all.size()))) {
      Hypothesis before = running.get(candidate.beam());
      TokenChance chance = scores.chance(candidate.beam(), candidate.token());
      best.add(
          new Hypothesis(
              before.tokens().with(candidate.token()),
              candidate.score(),
              candidate.beam(),
              chance == null ? null : new Chances(chance, before.chances())));
    }
    return best;
  }

  private boolean ends(Tokens tokens) {
    return ends.contains(tokens.at(tokens.length() - 1)) || tokens.length() >= tokens.limit();
  }

  /** The score that the best running beam might yet reach. */
  private float bestPossible() {
    Tokens tokens = running.getFirst().tokens();
    boolean longest = options.earlyStopping() == EarlyStopping.NEVER && options.lengthPenalty() > 0;
    int length = longest ? tokens.limit() - tokens.promptLength() : tokens.appended();
    return running.getFirst().score() / power(length);
  }

  private float power(int length) {
    return (float) Math.pow(length, options.lengthPenalty());
  }

  private boolean full() {
    return ended.size() == options.count();
  }

  private List<Hypothesis> best(List<Hypothesis> all) {
    all.sort(BEST_FIRST);
    return new ArrayList<>(all.subList(0, Math.min(options.count(), all.size())));
  }
}
