package dev.myna.cli;

import picocli.CommandLine.Command;

/** All metrics of texts, classes and rankings. */
@Command(
    name = "score",
    subcommands = {
      ScoreBleu.class,
      ScoreChrf.class,
      ScoreTer.class,
      ScoreRouge.class,
      ScoreMeteor.class,
      ScoreAnswers.class,
      ScoreClassification.class,
      ScoreTags.class,
      ScoreRanking.class,
      ScoreCorrelation.class,
      ScoreLikelihood.class
    },
    footer = "  myna score bleu --hypotheses out.de --references test.de")
final class Score extends Group {}
