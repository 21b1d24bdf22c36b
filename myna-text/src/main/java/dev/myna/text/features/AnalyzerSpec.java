package dev.myna.text.features;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Describes an {@link Analyzer}. The options and their defaults are those of scikit-learn's {@code
 * CountVectorizer}; segmenter, stemmer and lemmas are Myna's.
 *
 * <p>The order of work: lower case, accents, segmentation, stop words, lemma or stem, n-grams.
 *
 * @param unit what n-grams are made of
 * @param minN length of the shortest n-grams, at least 1
 * @param maxN length of the longest n-grams, at least {@code minN}
 * @param lowerCase whether text is put into lower case
 * @param accents what happens to accents
 * @param tokenPattern a regular expression in Python's notation; null: words of two characters and
 *     more
 * @param segmenter how words are found
 * @param stopWords words left out (compared after lower case and accents)
 * @param stemmer how words are cut
 * @param lemmas forms and their lemmas, looked up before the stemmer; a form found is not cut
 */
public record AnalyzerSpec(
    Unit unit,
    int minN,
    int maxN,
    boolean lowerCase,
    Accents accents,
    @Nullable String tokenPattern,
    Segmenter segmenter,
    List<String> stopWords,
    Stemmer stemmer,
    Map<String, String> lemmas) {

  /** Lower-case words of two characters and more: scikit-learn's default. */
  public static final AnalyzerSpec WORDS =
      new AnalyzerSpec(
          Unit.WORD,
          1,
          1,
          true,
          Accents.KEEP,
          null,
          Segmenter.PATTERN,
          List.of(),
          Stemmer.NONE,
          Map.of());

  /** Words as Lucene's English analyzer gives them: for search in English. */
  public static final AnalyzerSpec ENGLISH_SEARCH =
      WORDS
          .withSegmenter(Segmenter.UNICODE)
          .withStopWords(StopWords.lucene())
          .withStemmer(Stemmer.PORTER);

  /** Stemmed Russian words without stop words. */
  public static final AnalyzerSpec RUSSIAN_SEARCH =
      WORDS
          .withSegmenter(Segmenter.UNICODE)
          .withStopWords(StopWords.russian())
          .withStemmer(Stemmer.RUSSIAN);

  /** Chinese words without punctuation; English words among them are stemmed. */
  public static final AnalyzerSpec CHINESE_SEARCH =
      WORDS
          .withSegmenter(Segmenter.CHINESE)
          .withStopWords(StopWords.chinese())
          .withStemmer(Stemmer.PORTER);

  public AnalyzerSpec {
    if (minN < 1 || maxN < minN) {
      throw new IllegalArgumentException(
          "The range of n-grams needs 1 <= minimum <= maximum, but is %d to %d."
              .formatted(minN, maxN));
    }
    stopWords = List.copyOf(stopWords);
    lemmas = Map.copyOf(lemmas);
    if (tokenPattern != null) {
      var unused = TokenPattern.compile(tokenPattern);
    }
  }

  /** A new analyzer; one per thread. */
  public Analyzer analyzer() {
    return switch (unit) {
      case WORD -> new WordAnalyzer(this);
      case CHAR -> new CharAnalyzer(this, false);
      case CHAR_WB -> new CharAnalyzer(this, true);
      case SENTENCE -> new SentenceAnalyzer(this);
    };
  }

  /** Case and accents, as this analyzer has them. */
  String prepare(String text) {
    return accents.fold(lowerCase ? text.toLowerCase(Locale.ROOT) : text);
  }

  public AnalyzerSpec withUnit(Unit value) {
    return new AnalyzerSpec(
        value, minN, maxN, lowerCase, accents, tokenPattern, segmenter, stopWords, stemmer, lemmas);
  }

  public AnalyzerSpec withNgrams(int min, int max) {
    return new AnalyzerSpec(
        unit, min, max, lowerCase, accents, tokenPattern, segmenter, stopWords, stemmer, lemmas);
  }

  public AnalyzerSpec withLowerCase(boolean value) {
    return new AnalyzerSpec(
        unit, minN, maxN, value, accents, tokenPattern, segmenter, stopWords, stemmer, lemmas);
  }

  public AnalyzerSpec withAccents(Accents value) {
    return new AnalyzerSpec(
        unit, minN, maxN, lowerCase, value, tokenPattern, segmenter, stopWords, stemmer, lemmas);
  }

  public AnalyzerSpec withTokenPattern(@Nullable String value) {
    return new AnalyzerSpec(
        unit, minN, maxN, lowerCase, accents, value, segmenter, stopWords, stemmer, lemmas);
  }

  public AnalyzerSpec withSegmenter(Segmenter value) {
    return new AnalyzerSpec(
        unit, minN, maxN, lowerCase, accents, tokenPattern, value, stopWords, stemmer, lemmas);
  }

  public AnalyzerSpec withStopWords(List<String> value) {
    return new AnalyzerSpec(
        unit, minN, maxN, lowerCase, accents, tokenPattern, segmenter, value, stemmer, lemmas);
  }

  public AnalyzerSpec withStemmer(Stemmer value) {
    return new AnalyzerSpec(
        unit, minN, maxN, lowerCase, accents, tokenPattern, segmenter, stopWords, value, lemmas);
  }

  public AnalyzerSpec withLemmas(Map<String, String> value) {
    return new AnalyzerSpec(
        unit, minN, maxN, lowerCase, accents, tokenPattern, segmenter, stopWords, stemmer, value);
  }
}
