package dev.myna.text.normalize;

import dev.myna.text.TokenizerException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts a fixed string where a string or a regular expression is found. */
public final class ReplaceNormalizer implements Normalizer {
  private final String pattern;
  private final boolean regex;
  private final String content;
  private final Pattern compiled;

  private ReplaceNormalizer(String pattern, boolean regex, String content) {
    this.pattern = pattern;
    this.regex = regex;
    this.content = content;
    this.compiled = regex ? Regex.compile(pattern) : Pattern.compile(Pattern.quote(pattern));
  }

  /** Replaces a literal string. */
  public static ReplaceNormalizer literal(String string, String content) {
    return new ReplaceNormalizer(string, false, content);
  }

  /** Replaces matches of a regular expression, read as Oniguruma reads it for UTF-8. */
  public static ReplaceNormalizer regex(String pattern, String content) {
    return new ReplaceNormalizer(pattern, true, content);
  }

  public String pattern() {
    return pattern;
  }

  public boolean isRegex() {
    return regex;
  }

  public String content() {
    return content;
  }

  @Override
  public void normalize(AlignedText text) {
    if (pattern.isEmpty()) {
      return;
    }
    if (!regex && pattern.length() == 1 && content.length() == 1) {
      char from = pattern.charAt(0);
      for (int i = 0; i < text.length(); i++) {
        if (text.charAt(i) == from) {
          text.set(i, content.charAt(0));
        }
      }
      return;
    }
    try {
      replace(text);
    } catch (StackOverflowError e) {
      throw new TokenizerException(
          "the expression \"%s\" is too deep for a text of %d characters; pass it in parts"
              .formatted(pattern, text.length()),
          e);
    }
  }

  private void replace(AlignedText text) {
    Matcher matcher = compiled.matcher(text.toString());
    if (!matcher.find()) {
      return;
    }
    AlignedText.Rewrite rewrite = text.rewrite();
    int done = 0;
    do {
      rewrite.copy(done, matcher.start());
      for (int i = 0; i < content.length(); i++) {
        rewrite.putAfter(content.charAt(i), matcher.end());
      }
      done = matcher.end();
    } while (matcher.find());
    rewrite.copy(done, text.length());
    rewrite.apply();
  }
}
