package dev.myna.text.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Lower-case runs of a to z and 0 to 9, stemmed on demand where they are longer than 3. */
final class RougeTokenizer {
  /** Stems are kept, since texts repeat words; this bounds what is kept. */
  private static final int KEPT = 1 << 16;

  private final @Nullable PorterStemmer stemmer;
  private final Map<String, String> stems = new ConcurrentHashMap<>();

  RougeTokenizer(@Nullable PorterStemmer stemmer) {
    this.stemmer = stemmer;
  }

  List<String> tokenize(String line) {
    String text = line.toLowerCase(Locale.ROOT);
    List<String> tokens = new ArrayList<>();
    int length = text.length();
    int i = 0;
    while (i < length) {
      int start = i;
      while (i < length && isWordCharacter(text.charAt(i))) {
        i++;
      }
      if (i > start) {
        tokens.add(stemmed(text.substring(start, i)));
      } else {
        i++;
      }
    }
    return tokens;
  }

  private String stemmed(String word) {
    if (stemmer == null || word.length() <= 3) {
      return word;
    }
    String known = stems.get(word);
    if (known == null) {
      known = stemmer.stem(word);
      if (stems.size() < KEPT) {
        stems.put(word, known);
      }
    }
    return known;
  }

  private static boolean isWordCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }
}
