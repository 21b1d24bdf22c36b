package dev.myna.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An option of generation, by the name that Hugging Face's generation config or the OpenAI API
 * gives it.
 */
public enum Option {
  MAX_NEW_TOKENS(Kind.INTEGER, Use.ALWAYS, "most tokens to append"),
  MAX_LENGTH(Kind.INTEGER, Use.ALWAYS, "most tokens of prompt and continuation together"),
  MIN_NEW_TOKENS(Kind.INTEGER, Use.ALWAYS, "no end token before so many tokens"),
  DO_SAMPLE(Kind.FLAG, Use.ALWAYS, "draw tokens at random instead of taking the likeliest"),
  TEMPERATURE(Kind.DECIMAL, Use.SAMPLING, "below 1 bolder, above 1 more even"),
  TOP_K(Kind.INTEGER, Use.SAMPLING, "draw from the k likeliest tokens"),
  TOP_P(Kind.DECIMAL, Use.SAMPLING, "draw from the likeliest tokens that hold probability p"),
  MIN_P(Kind.DECIMAL, Use.SAMPLING, "drop tokens less likely than p times the likeliest"),
  TYPICAL_P(
      Kind.DECIMAL, Use.SAMPLING, "draw from the most typical tokens that hold probability p"),
  SEED(Kind.INTEGER, Use.SAMPLING, "equal seeds give equal texts"),
  REPETITION_PENALTY(
      Kind.DECIMAL, Use.ALWAYS, "above 1 makes tokens of prompt and text less likely"),
  PRESENCE_PENALTY(Kind.DECIMAL, Use.ALWAYS, "taken off the logit of each token said"),
  FREQUENCY_PENALTY(Kind.DECIMAL, Use.ALWAYS, "taken off once for each time a token was said"),
  NO_REPEAT_NGRAM_SIZE(Kind.INTEGER, Use.ALWAYS, "no sequence of n tokens comes twice"),
  NUM_BEAMS(Kind.INTEGER, Use.ALWAYS, "texts kept side by side in beam search; 1 for none"),
  LENGTH_PENALTY(Kind.DECIMAL, Use.BEAMS, "above 0 favours long texts, below 0 short ones"),
  EARLY_STOPPING(Kind.EARLY, Use.BEAMS, "true, false or never: when enough beams have ended"),
  NUM_RETURN_SEQUENCES(Kind.INTEGER, Use.ALWAYS, "texts for each prompt"),
  STOP_STRINGS(Kind.TEXTS, Use.ALWAYS, "the text ends before the first of these"),
  LOGPROBS(
      Kind.INTEGER, Use.ALWAYS, "report log-probabilities, and those of the n likeliest tokens"),
  CONTEXT_SHIFT(
      Kind.INTEGER, Use.ALWAYS, "tokens forgotten at once when a text outgrows the context");

  /** What an option's value is. */
  enum Kind {
    INTEGER("a whole number"),
    DECIMAL("a number"),
    FLAG("true or false"),
    EARLY("true, false or \"never\""),
    TEXTS("a text or a list of texts");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /** When an option has a meaning. */
  enum Use {
    ALWAYS,
    SAMPLING,
    BEAMS
  }

  private final Kind kind;
  private final Use use;
  private final String meaning;

  Option(Kind kind, Use use, String meaning) {
    this.kind = kind;
    this.use = use;
    this.meaning = meaning;
  }

  /** The name in files and on the command line, in snake case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** One line of help. */
  public String meaning() {
    return meaning;
  }

  Use use() {
    return use;
  }

  /** The option of a name; dashes are as good as underscores. */
  public static Option of(String label) {
    String wanted = label.replace('-', '_');
    Option nearest = TEMPERATURE;
    int least = Integer.MAX_VALUE;
    for (Option option : values()) {
      if (option.label().equals(wanted)) {
        return option;
      }
      int distance = distance(option.label(), wanted);
      if (distance < least) {
        least = distance;
        nearest = option;
      }
    }
    throw new GenerationException(
        "there is no generation option \"%s\": did you mean \"%s\"?"
            .formatted(label, nearest.label()));
  }

  /**
   * A value in its own type: {@code Long}, {@code Double}, {@code Boolean}, {@link EarlyStopping}
   * or a list of strings.
   *
   * @param value the same, or a text that says it
   */
  Object parse(Object value) {
    String text = value.toString().strip();
    try {
      switch (kind) {
        case INTEGER -> {
          return Long.valueOf(value instanceof Double d ? wholeNumber(d) : text);
        }
        case DECIMAL -> {
          return Double.valueOf(text);
        }
        case FLAG -> {
          if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
          }
        }
        case EARLY -> {
          if (value instanceof EarlyStopping) {
            return value;
          }
          if (text.equals("true") || text.equals("false") || text.equals("never")) {
            return text.equals("true")
                ? EarlyStopping.AT_ONCE
                : text.equals("false") ? EarlyStopping.HEURISTIC : EarlyStopping.NEVER;
          }
        }
        case TEXTS -> {
          return texts(value);
        }
      }
    } catch (NumberFormatException _) {
      // said below, as for the kinds that are no numbers
    }
    throw new GenerationException(
        "%s must be %s: found \"%s\"".formatted(label(), kind.words, text));
  }

  private static String wholeNumber(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static List<String> texts(Object value) {
    if (value instanceof List<?> list) {
      List<String> texts = new ArrayList<>();
      list.forEach(each -> texts.add(String.valueOf(each)));
      return texts;
    }
    return List.of(value.toString());
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], before[j]) + 1, before[j - 1] + change);
      }
      before = row;
    }
    return before[b.length()];
  }
}
