package dev.myna.text.features;

import java.util.List;
import java.util.Locale;

/** Sentences as terms; n-grams of them are joined by one space. */
final class SentenceAnalyzer implements Analyzer {
  private final AnalyzerSpec spec;

  SentenceAnalyzer(AnalyzerSpec spec) {
    this.spec = spec;
  }

  @Override
  public void analyze(String text, TermSink sink) {
    List<String> sentences = Sentences.split(spec.accents().fold(text));
    for (int n = spec.minN(); n <= spec.maxN(); n++) {
      for (int i = 0; i + n <= sentences.size(); i++) {
        String joined = String.join(" ", sentences.subList(i, i + n));
        char[] chars = (spec.lowerCase() ? joined.toLowerCase(Locale.ROOT) : joined).toCharArray();
        sink.term(chars, 0, chars.length);
      }
    }
  }
}
