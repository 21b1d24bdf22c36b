package dev.myna.cli;

import dev.myna.text.metrics.Ter;
import dev.myna.text.metrics.TerScore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The translation edit rate as sacreBLEU computes it. */
@Command(
    name = "ter",
    description = "Translation edit rate (the smaller the better), equal to sacreBLEU's.",
    footer = "  myna score ter --hypotheses out.de --references test.de")
final class ScoreTer extends ScoreText {
  @Option(
      names = {"--normalized", "--ter-normalized"},
      order = 3,
      description = "Apply Tercom's normalisation of punctuation.")
  boolean normalized;

  @Option(
      names = {"--no-punct", "--ter-no-punct"},
      order = 4,
      description = "Remove punctuation.")
  boolean noPunct;

  @Option(
      names = {"--asian-support", "--ter-asian-support"},
      order = 5,
      description = "Cut apart Chinese and Japanese characters when normalising.")
  boolean asianSupport;

  @Option(
      names = {"--case-sensitive", "--ter-case-sensitive"},
      order = 6,
      description = "Tell upper from lower case.")
  boolean caseSensitive;

  @Override
  Ter metric() {
    return new Ter(normalized, noPunct, asianSupport, caseSensitive);
  }

  @Override
  void show(double[] statistics, int references, Output out, Figures figures) {
    TerScore score = metric().score(statistics, references);
    out.line(score.toString());
    figures.put("name", "TER");
    figures.put("score", score.score());
    figures.put("signature", score.signature());
    figures.put("num_edits", score.edits());
    figures.put("ref_length", score.referenceLength());
  }
}
