package dev.myna.text.features;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;

/** Lists of words too common to say anything. */
public final class StopWords {
  private StopWords() {}

  /** 318 English words: scikit-learn's {@code stop_words="english"}. */
  public static List<String> english() {
    try (InputStream in = StopWords.class.getResourceAsStream("stop-english.txt")) {
      if (in == null) {
        throw new IllegalStateException("stop-english.txt is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The 33 English words that Lucene leaves out of an index. */
  public static List<String> lucene() {
    return sorted(EnglishAnalyzer.getDefaultStopSet());
  }

  /** 159 Russian words: Snowball's list. */
  public static List<String> russian() {
    return sorted(RussianAnalyzer.getDefaultStopSet());
  }

  /** Chinese punctuation, which the Chinese segmenter gives as words. */
  public static List<String> chinese() {
    return sorted(SmartChineseAnalyzer.getDefaultStopSet());
  }

  private static List<String> sorted(CharArraySet words) {
    return words.stream().map(word -> new String((char[]) word)).sorted().toList();
  }
}
