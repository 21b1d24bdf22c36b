package dev.myna.text.features;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.ru.RussianLightStemFilter;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.tartarus.snowball.SnowballStemmer;
import org.tartarus.snowball.ext.EnglishStemmer;
import org.tartarus.snowball.ext.RussianStemmer;

/** Stems of words, each worked out once. Belongs to one thread. */
final class Stems {
  /** Words remembered before the memory is emptied, so that endless text needs bounded memory. */
  private static final int REMEMBERED = 1 << 18;

  private final UnaryOperator<String> algorithm;
  private final Map<String, String> known = new HashMap<>();

  private Stems(UnaryOperator<String> algorithm) {
    this.algorithm = algorithm;
  }

  static Stems of(Stemmer stemmer, Map<String, String> lemmas) {
    UnaryOperator<String> algorithm =
        switch (stemmer) {
          case NONE -> word -> word;
          case PORTER -> byFilter(PorterStemFilter::new);
          case ENGLISH -> bySnowball(new EnglishStemmer());
          case KROVETZ -> byFilter(KStemFilter::new);
          case RUSSIAN -> bySnowball(new RussianStemmer());
          case RUSSIAN_LIGHT -> byFilter(RussianLightStemFilter::new);
        };
    return new Stems(
        word -> {
          String lemma = lemmas.get(word);
          return lemma == null ? algorithm.apply(word) : lemma;
        });
  }

  String stem(String word) {
    String stem = known.get(word);
    if (stem == null) {
      if (known.size() >= REMEMBERED) {
        known.clear();
      }
      stem = algorithm.apply(word);
      known.put(word, stem);
    }
    return stem;
  }

  private static UnaryOperator<String> bySnowball(SnowballStemmer stemmer) {
    return word -> {
      stemmer.setCurrent(word);
      stemmer.stem();
      return stemmer.getCurrent();
    };
  }

  private static UnaryOperator<String> byFilter(UnaryOperator<TokenStream> filter) {
    OneWord word = new OneWord();
    TokenStream stemmed = filter.apply(word);
    CharTermAttribute term = stemmed.getAttribute(CharTermAttribute.class);
    return text -> {
      try {
        word.set(text);
        return stemmed.incrementToken() ? term.toString() : text;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  /** A stream of one word, for Lucene's filters. */
  private static final class OneWord extends TokenStream {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private String next = "";
    private boolean given = true;

    void set(String word) {
      next = word;
      given = false;
    }

    @Override
    public boolean incrementToken() {
      if (given) {
        return false;
      }
      clearAttributes();
      term.setEmpty().append(next);
      given = true;
      return true;
    }
  }
}
