package dev.myna.text.split;

import dev.myna.text.TokenizerException;
import dev.myna.text.normalize.AlignedText;
import dev.myna.text.normalize.Regex;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Cuts where a string or a regular expression is found. */
public final class PatternSplit implements PreTokenizer {
  private final String pattern;
  private final boolean regex;
  private final Behavior behavior;
  private final boolean invert;
  private final Pattern compiled;
  private final @Nullable Scanner scanner;

  private PatternSplit(String pattern, boolean regex, Behavior behavior, boolean invert) {
    this.pattern = pattern;
    this.regex = regex;
    this.behavior = behavior;
    this.invert = invert;
    this.compiled = regex ? Regex.compile(pattern) : Pattern.compile(Pattern.quote(pattern));
    this.scanner = regex ? Scanners.of(pattern) : null;
  }

  /** Cuts at matches of a regular expression, read as Oniguruma reads it for UTF-8. */
  public static PatternSplit regex(String pattern, Behavior behavior, boolean invert) {
    return new PatternSplit(pattern, true, behavior, invert);
  }

  /** Cuts at a literal string. */
  public static PatternSplit literal(String string, Behavior behavior, boolean invert) {
    return new PatternSplit(string, false, behavior, invert);
  }

  public String pattern() {
    return pattern;
  }

  public boolean isRegex() {
    return regex;
  }

  public Behavior behavior() {
    return behavior;
  }

  public boolean invert() {
    return invert;
  }

  /** The scanner that cuts as this split does, where there is one that leaves nothing out. */
  public @Nullable Scanner scanner() {
    return behavior == Behavior.ISOLATED && !invert ? scanner : null;
  }

  @Override
  public void split(AlignedText text, List<AlignedText> out) {
    Ranges ranges = new Ranges();
    if (scanner != null) {
      for (int from = 0; from < text.length(); ) {
        from = scanner.next(text.array(), from, text.length());
        ranges.add(from, true);
      }
    } else if (!pattern.isEmpty()) {
      find(text, ranges);
      ranges.finish(text.length());
    } else {
      ranges.finish(text.length());
    }
    ranges.cut(text, behavior, invert, out);
  }

  private void find(AlignedText text, Ranges ranges) {
    try {
      Matcher matcher = compiled.matcher(text.toString());
      while (matcher.find()) {
        ranges.addDelimiter(matcher.start(), matcher.end());
      }
    } catch (StackOverflowError e) {
      throw new TokenizerException(
          "the expression \"%s\" is too deep for a text of %d characters; pass it in parts"
              .formatted(pattern, text.length()),
          e);
    }
  }
}
