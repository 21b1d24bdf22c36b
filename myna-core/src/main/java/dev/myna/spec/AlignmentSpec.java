package dev.myna.spec;

import java.util.Locale;

/**
 * How a recurrent decoder looks at what the encoder made of a text.
 *
 * @param score how well a state fits a place
 * @param reach which places are looked at
 * @param window D, places to each side of the middle, where not all are
 * @param hard whether one place is looked at, drawn while training (Xu et al., 2015), with the
 *     gradient of the soft weights (straight-through, Bengio et al., 2013)
 */
public record AlignmentSpec(Score score, Reach reach, int window, boolean hard) {
  /** Score functions. */
  public enum Score {
    /** No looking: the encoder's last state alone is handed over (Sutskever et al., 2014). */
    NONE,
    /** {@code v · tanh(W q + U m)} of the state before the step (Bahdanau et al., 2015). */
    ADDITIVE,
    /** {@code q · m} (Luong et al., 2015), as all below of the state after the step. */
    DOT,
    /** {@code q · W m}. */
    GENERAL,
    /** {@code v · tanh(W [q; m])}. */
    CONCAT,
    /** {@code W q}: of the state alone, a score for each place. */
    LOCATION
  }

  /** Places that are looked at (Luong et al., 2015). */
  public enum Reach {
    /** All. */
    GLOBAL,
    /** A window that moves on by one place a step. */
    MONOTONIC,
    /** A window around a place that is predicted, under a bell curve that is highest there. */
    PREDICTIVE
  }

  public AlignmentSpec {
    Require.that(
        score != Score.NONE || (reach == Reach.GLOBAL && !hard),
        "attention none looks at nothing: reach must be global and hard false, found %s and %s",
        reach.name().toLowerCase(Locale.ROOT),
        hard);
    Require.that(
        reach == Reach.GLOBAL || window > 0, "a window must be at least 1 wide, found %d", window);
  }

  /** Over all places, softly. */
  public static AlignmentSpec global(Score score) {
    return new AlignmentSpec(score, Reach.GLOBAL, 0, false);
  }

  /** Whether anything is looked at. */
  public boolean looks() {
    return score != Score.NONE;
  }
}
