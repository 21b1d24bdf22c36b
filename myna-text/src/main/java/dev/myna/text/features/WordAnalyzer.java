package dev.myna.text.features;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cn.smart.HMMChineseTokenizer;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.jspecify.annotations.Nullable;

/**
 * Words and their n-grams. The kept words are laid side by side with a space between them, so that
 * every n-gram is one range of that buffer and nothing is copied.
 */
final class WordAnalyzer implements Analyzer {
  private final AnalyzerSpec spec;
  private final @Nullable Pattern pattern;
  private final @Nullable Tokenizer tokenizer;
  private final Set<String> stopWords;
  private final @Nullable Stems stems;
  private final boolean wordsAsTheyAre;

  private char[] text = new char[1024];
  private char[] joined = new char[1024];
  private int joinedLength;
  private int[] starts = new int[256];
  private int[] ends = new int[256];
  private int words;

  WordAnalyzer(AnalyzerSpec spec) {
    this.spec = spec;
    boolean byPattern = spec.segmenter() == Segmenter.PATTERN;
    String wanted = spec.tokenPattern();
    pattern =
        byPattern && wanted != null && !wanted.equals(TokenPattern.DEFAULT)
            ? TokenPattern.compile(wanted)
            : null;
    tokenizer =
        switch (spec.segmenter()) {
          case PATTERN -> null;
          case UNICODE -> new StandardTokenizer();
          case CHINESE -> new HMMChineseTokenizer();
        };
    stopWords = new HashSet<>(spec.stopWords());
    stems =
        spec.stemmer() == Stemmer.NONE && spec.lemmas().isEmpty()
            ? null
            : Stems.of(spec.stemmer(), spec.lemmas());
    wordsAsTheyAre = stopWords.isEmpty() && stems == null && !possessives();
  }

  @Override
  public void analyze(String raw, TermSink sink) {
    String prepared = spec.prepare(raw);
    words = 0;
    joinedLength = 0;
    if (tokenizer != null) {
      tokenize(tokenizer, prepared);
    } else if (pattern != null) {
      match(pattern, prepared);
    } else {
      scan(prepared);
    }
    for (int n = spec.minN(); n <= spec.maxN(); n++) {
      for (int i = 0; i + n <= words; i++) {
        sink.term(joined, starts[i], ends[i + n - 1]);
      }
    }
  }

  /** The default pattern without a regular expression: runs of at least two word characters. */
  private void scan(String prepared) {
    int length = prepared.length();
    if (text.length < length) {
      text = new char[Math.max(length, text.length * 2)];
    }
    prepared.getChars(0, length, text, 0);
    int i = 0;
    while (i < length) {
      int start = i;
      int points = 0;
      while (i < length) {
        char c = text[i];
        if (WordChars.isWord(c)) {
          i++;
        } else if (Character.isHighSurrogate(c)
            && i + 1 < length
            && WordChars.isWord(Character.codePointAt(text, i, length))) {
          i += 2;
        } else {
          break;
        }
        points++;
      }
      if (points > 1) {
        add(text, start, i);
      }
      if (points == 0) {
        i++;
      }
    }
  }

  private void match(Pattern by, String prepared) {
    Matcher matcher = by.matcher(prepared);
    int group = matcher.groupCount();
    while (matcher.find()) {
      String token = matcher.group(group);
      add(token == null ? "" : token);
    }
  }

  private void tokenize(Tokenizer by, String prepared) {
    CharTermAttribute term = by.getAttribute(CharTermAttribute.class);
    try {
      by.setReader(new StringReader(prepared));
      by.reset();
      while (by.incrementToken()) {
        add(term.buffer(), 0, term.length());
      }
      by.end();
      by.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String token) {
    char[] chars = token.toCharArray();
    add(chars, 0, chars.length);
  }

  private void add(char[] chars, int start, int end) {
    if (wordsAsTheyAre) {
      append(chars, start, end);
      return;
    }
    String word = new String(chars, start, withoutPossessive(chars, start, end) - start);
    if (stopWords.contains(word)) {
      return;
    }
    String stem = stems == null ? word : stems.stem(word);
    append(stem.toCharArray(), 0, stem.length());
  }

  private boolean possessives() {
    return spec.segmenter() == Segmenter.UNICODE
        && switch (spec.stemmer()) {
          case PORTER, ENGLISH, KROVETZ -> true;
          case NONE, RUSSIAN, RUSSIAN_LIGHT -> false;
        };
  }

  private int withoutPossessive(char[] chars, int start, int end) {
    boolean possessive =
        possessives()
            && end - start > 2
            && (chars[end - 1] == 's' || chars[end - 1] == 'S')
            && (chars[end - 2] == '\'' || chars[end - 2] == '\u2019' || chars[end - 2] == '\uff07');
    return possessive ? end - 2 : end;
  }

  private void append(char[] chars, int start, int end) {
    int length = end - start;
    if (joinedLength + length + 1 > joined.length) {
      joined = Arrays.copyOf(joined, Math.max(joined.length * 2, joinedLength + length + 1));
    }
    if (words == starts.length) {
      starts = Arrays.copyOf(starts, words * 2);
      ends = Arrays.copyOf(ends, words * 2);
    }
    if (words > 0) {
      joined[joinedLength++] = ' ';
    }
    System.arraycopy(chars, start, joined, joinedLength, length);
    starts[words] = joinedLength;
    joinedLength += length;
    ends[words++] = joinedLength;
  }
}
