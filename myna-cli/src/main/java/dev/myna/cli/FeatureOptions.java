package dev.myna.cli;

import dev.myna.MynaException;
import dev.myna.text.features.Accents;
import dev.myna.text.features.AnalyzerSpec;
import dev.myna.text.features.FeatureSpec;
import dev.myna.text.features.Frequency;
import dev.myna.text.features.Lemmas;
import dev.myna.text.features.Norm;
import dev.myna.text.features.Segmenter;
import dev.myna.text.features.Stemmer;
import dev.myna.text.features.StopWords;
import dev.myna.text.features.Unit;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How texts become features. */
final class FeatureOptions {
  /** Words left out. */
  enum Stop {
    NONE,
    ENGLISH,
    RUSSIAN,
    CHINESE
  }

  @Option(
      names = "--unit",
      description = "What n-grams are made of: ${COMPLETION-CANDIDATES} (default: WORD).")
  Unit unit = Unit.WORD;

  @Option(
      names = "--ngrams",
      paramLabel = "N[-M]",
      description = "Lengths of n-grams (default: ${DEFAULT-VALUE}).",
      defaultValue = "1-2")
  String ngrams = "1-2";

  @Option(
      names = "--segmenter",
      description = "How words are found: ${COMPLETION-CANDIDATES} (default: PATTERN).")
  Segmenter segmenter = Segmenter.PATTERN;

  @Option(
      names = "--token-pattern",
      paramLabel = "REGEX",
      description = "What a word is, as Python writes it (default: two word characters and more).")
  @Nullable String pattern;

  @Option(
      names = "--stemmer",
      description = "How words are cut: ${COMPLETION-CANDIDATES} (default: NONE).")
  Stemmer stemmer = Stemmer.NONE;

  @Option(
      names = "--lemmas",
      paramLabel = "FILE",
      description = "A dictionary: a form, a tab and its lemma a line.")
  @Nullable Path lemmas;

  @Option(
      names = "--stop",
      description = "Words left out: ${COMPLETION-CANDIDATES} (default: NONE).")
  Stop stop = Stop.NONE;

  @Option(names = "--keep-case", description = "Do not put texts into lower case.")
  boolean keepCase;

  @Option(
      names = "--accents",
      description = "What happens to accents: ${COMPLETION-CANDIDATES} (default: KEEP).")
  Accents accents = Accents.KEEP;

  @Option(
      names = "--min-df",
      paramLabel = "N",
      description = "Leave out terms in fewer documents (a share below 1, else a number).")
  double minDf = 1;

  @Option(
      names = "--max-df",
      paramLabel = "N",
      description = "Leave out terms in more documents (a share up to 1, else a number).")
  double maxDf = 1;

  @Option(
      names = "--max-features",
      paramLabel = "N",
      description = "Keep the most frequent terms only.")
  int maxFeatures;

  @Option(
      names = "--hashed",
      paramLabel = "N",
      description = "N columns by hash instead of a vocabulary.")
  int hashed;

  @Option(
      names = "--no-signs",
      description = "Hashed terms add up whatever their hash; naive Bayes and --sublinear need it.")
  boolean unsigned;

  @Option(names = "--counts", description = "Plain counts instead of TF-IDF.")
  boolean counts;

  @Option(names = "--binary", description = "A term counts once a document.")
  boolean binary;

  @Option(names = "--sublinear", description = "A count c becomes 1 + ln c.")
  boolean sublinear;

  @Option(
      names = "--no-smooth-idf",
      description = "Weigh by documents as counted, not as if one more had every term.")
  boolean rawIdf;

  @Option(
      names = "--norm",
      description =
          "The norm by which rows have length 1: ${COMPLETION-CANDIDATES} (default: L2, with"
              + " --counts NONE).")
  @Nullable Norm norm;

  FeatureSpec spec() {
    checkHashing();
    AnalyzerSpec analyzer =
        AnalyzerSpec.WORDS
            .withUnit(unit)
            .withNgrams(bound(0), bound(1))
            .withSegmenter(segmenter)
            .withTokenPattern(pattern)
            .withStemmer(stemmer)
            .withLowerCase(!keepCase)
            .withAccents(accents)
            .withLemmas(lemmas == null ? Map.of() : Lemmas.read(lemmas))
            .withStopWords(
                switch (stop) {
                  case NONE -> List.of();
                  case ENGLISH -> StopWords.english();
                  case RUSSIAN -> StopWords.russian();
                  case CHINESE -> StopWords.chinese();
                });
    return FeatureSpec.TFIDF
        .withAnalyzer(analyzer)
        .withDocuments(new Frequency(minDf, minDf < 1), new Frequency(maxDf, maxDf <= 1))
        .withMaxFeatures(maxFeatures)
        .withHashed(hashed, !unsigned)
        .withBinary(binary)
        .withSublinear(sublinear)
        .withIdf(!counts, !rawIdf)
        .withNorm(norm == null ? defaultNorm() : norm);
  }

  /** Hashing has no vocabulary to choose from, and a vocabulary no signs. */
  private void checkHashing() {
    if (hashed > 0 && (minDf != 1 || maxDf != 1 || maxFeatures != 0)) {
      throw new MynaException(
          "hashed columns hold every term, and --min-df, --max-df and --max-features choose among"
              + " terms; leave out these or --hashed");
    }
    if (hashed == 0 && unsigned) {
      throw new MynaException(
          "--no-signs is for hashed columns, and these have a vocabulary; leave it out or give"
              + " --hashed");
    }
  }

  private Norm defaultNorm() {
    return counts ? Norm.NONE : Norm.L2;
  }

  private int bound(int index) {
    String[] bounds = ngrams.split("-", -1);
    try {
      return Integer.parseInt(bounds[bounds.length == 1 ? 0 : index]);
    } catch (NumberFormatException e) {
      throw new MynaException("--ngrams is N or N-M, but got %s.".formatted(ngrams), e);
    }
  }
}
