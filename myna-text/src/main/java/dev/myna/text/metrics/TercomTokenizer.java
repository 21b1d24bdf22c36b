package dev.myna.text.metrics;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Cuts lines into words as Tercom's normaliser does (Snover et al., 2006). */
final class TercomTokenizer {
  private static final Pattern MARK = Pattern.compile("[{-~\\[-` -&(-+:-@/]");
  private static final Pattern STOP_AFTER_OTHER = Pattern.compile("([^0-9])([.,])");
  private static final Pattern STOP_BEFORE_OTHER = Pattern.compile("([.,])([^0-9])");
  private static final Pattern HYPHEN_AFTER_DIGIT = Pattern.compile("([0-9])(-)");
  private static final Pattern PUNCTUATION = Pattern.compile("[.,?:;!\"()]");

  /** Ideographs, strokes and radicals. */
  private static final Pattern IDEOGRAPH =
      Pattern.compile("[\\u4e00-\\u9fff\\u3400-\\u4dbf\\u31c0-\\u31ef\\u2e80-\\u2eff]");

  private static final Pattern COMPATIBILITY =
      Pattern.compile("[\\u3300-\\u33ff\\uf900-\\ufaff\\ufe30-\\ufe4f]");

  /** The reference's range of enclosed letters ends far beyond them; scores depend on it. */
  private static final Pattern ENCLOSED = Pattern.compile("[\\u3200-\\u3f22]");

  private static final Pattern ASIAN_PUNCTUATION =
      Pattern.compile("[\\u3001\\u3002\\u3008-\\u3011\\u3014-\\u301f\\uff61-\\uff65\\u30fb]");
  private static final Pattern FULL_WIDTH_PUNCTUATION =
      Pattern.compile("[\\uff0e\\uff0c\\uff1f\\uff1a\\uff1b\\uff01\\uff02\\uff08\\uff09]");

  private TercomTokenizer() {}

  static List<String> tokenize(String line, Ter options) {
    String text = Words.stripEnd(line);
    if (!options.caseSensitive()) {
      text = text.toLowerCase(Locale.ROOT);
    }
    if (options.normalized() && !text.isEmpty()) {
      text = western(text);
      if (options.asianSupport()) {
        text = asian(text);
      }
    }
    if (options.noPunctuation()) {
      text = PUNCTUATION.matcher(text).replaceAll("");
      if (options.asianSupport()) {
        text = ASIAN_PUNCTUATION.matcher(text).replaceAll("");
        text = FULL_WIDTH_PUNCTUATION.matcher(text).replaceAll("");
      }
    }
    return Words.split(text);
  }

  private static String western(String line) {
    String text =
        line.replace("\n-", "")
            .replace('\n', ' ')
            .replace("&quot;", "\"")
            .replace("&amp;", "&")
            .replace("&lt;", "<")
            .replace("&gt;", ">");
    text = apart(MARK, " " + text + " ");
    text = text.replace("'s ", " 's ");
    text = STOP_AFTER_OTHER.matcher(text).replaceAll("$1 $2 ");
    text = STOP_BEFORE_OTHER.matcher(text).replaceAll(" $1 $2");
    return HYPHEN_AFTER_DIGIT.matcher(text).replaceAll("$1 $2 ");
  }

  /**
   * Kana are left together: Tercom's rules for them look for the beginning of the line, which is
   * always a space here.
   */
  private static String asian(String line) {
    String text = apart(IDEOGRAPH, line);
    text = apart(COMPATIBILITY, text);
    text = apart(ENCLOSED, text);
    text = apart(ASIAN_PUNCTUATION, text);
    return apart(FULL_WIDTH_PUNCTUATION, text);
  }

  private static String apart(Pattern pattern, String text) {
    return pattern.matcher(text).replaceAll(" $0 ");
  }
}
