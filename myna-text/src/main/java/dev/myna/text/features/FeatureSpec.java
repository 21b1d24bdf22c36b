package dev.myna.text.features;

/**
 * Describes how documents become rows of numbers. Options, defaults and results are those of
 * scikit-learn's {@code CountVectorizer}, {@code TfidfVectorizer} and {@code HashingVectorizer}.
 *
 * @param analyzer how a document becomes terms
 * @param minDocuments terms in fewer documents are left out
 * @param maxDocuments terms in more documents are left out
 * @param maxFeatures the most frequent terms that stay; 0: all. Of equally frequent ones those stay
 *     that come first in the order of code points (scikit-learn leaves that to an unstable sort,
 *     whose answer depends on the processor)
 * @param hashed instead of a vocabulary, columns by hash of the term; 0: none
 * @param alternateSign whether hashed terms get a sign by their hash
 * @param binary whether a term counts once a document
 * @param idf whether counts are weighed by inverse document frequency
 * @param smoothIdf whether document frequencies are one higher, as if one document had all terms
 * @param sublinear whether a count c becomes 1 + ln c; not for hashed terms with signs
 * @param norm to what length rows are scaled
 */
public record FeatureSpec(
    AnalyzerSpec analyzer,
    Frequency minDocuments,
    Frequency maxDocuments,
    int maxFeatures,
    int hashed,
    boolean alternateSign,
    boolean binary,
    boolean idf,
    boolean smoothIdf,
    boolean sublinear,
    Norm norm) {

  /** Plain counts of words. */
  public static final FeatureSpec COUNTS =
      new FeatureSpec(
          AnalyzerSpec.WORDS,
          Frequency.count(1),
          Frequency.share(1),
          0,
          0,
          true,
          false,
          false,
          true,
          false,
          Norm.NONE);

  /** TF-IDF of words with rows of length one. */
  public static final FeatureSpec TFIDF = COUNTS.withIdf(true, true).withNorm(Norm.L2);

  public FeatureSpec {
    if (maxFeatures < 0 || hashed < 0) {
      throw new IllegalArgumentException(
          "A number of features is not negative, but is %d."
              .formatted(Math.min(maxFeatures, hashed)));
    }
    if (hashed > 0 && alternateSign && sublinear) {
      throw new IllegalArgumentException(
          "Logarithms are of counts above 0, but those of hashed terms have signs; use hashed"
              + " features without signs, or counts that are not sublinear.");
    }
  }

  public FeatureSpec withAnalyzer(AnalyzerSpec value) {
    return new FeatureSpec(
        value,
        minDocuments,
        maxDocuments,
        maxFeatures,
        hashed,
        alternateSign,
        binary,
        idf,
        smoothIdf,
        sublinear,
        norm);
  }

  public FeatureSpec withDocuments(Frequency min, Frequency max) {
    return new FeatureSpec(
        analyzer,
        min,
        max,
        maxFeatures,
        hashed,
        alternateSign,
        binary,
        idf,
        smoothIdf,
        sublinear,
        norm);
  }

  public FeatureSpec withMaxFeatures(int value) {
    return new FeatureSpec(
        analyzer,
        minDocuments,
        maxDocuments,
        value,
        hashed,
        alternateSign,
        binary,
        idf,
        smoothIdf,
        sublinear,
        norm);
  }

  public FeatureSpec withHashed(int columns, boolean signs) {
    return new FeatureSpec(
        analyzer,
        minDocuments,
        maxDocuments,
        maxFeatures,
        columns,
        signs,
        binary,
        idf,
        smoothIdf,
        sublinear,
        norm);
  }

  public FeatureSpec withBinary(boolean value) {
    return new FeatureSpec(
        analyzer,
        minDocuments,
        maxDocuments,
        maxFeatures,
        hashed,
        alternateSign,
        value,
        idf,
        smoothIdf,
        sublinear,
        norm);
  }

  public FeatureSpec withIdf(boolean value, boolean smooth) {
    return new FeatureSpec(
        analyzer,
        minDocuments,
        maxDocuments,
        maxFeatures,
        hashed,
        alternateSign,
        binary,
        value,
        smooth,
        sublinear,
        norm);
  }

  public FeatureSpec withSublinear(boolean value) {
    return new FeatureSpec(
        analyzer,
        minDocuments,
        maxDocuments,
        maxFeatures,
        hashed,
        alternateSign,
        binary,
        idf,
        smoothIdf,
        value,
        norm);
  }

  public FeatureSpec withNorm(Norm value) {
    return new FeatureSpec(
        analyzer,
        minDocuments,
        maxDocuments,
        maxFeatures,
        hashed,
        alternateSign,
        binary,
        idf,
        smoothIdf,
        sublinear,
        value);
  }
}
