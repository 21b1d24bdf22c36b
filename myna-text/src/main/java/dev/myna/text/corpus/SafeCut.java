package dev.myna.text.corpus;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds places where a long text can be parted so that the ids of the parts, one after the other,
 * are the ids of the whole.
 *
 * <p>Where that is depends on the tokenizer: GPT-2 keeps the last line end of several apart, GPT-4
 * joins line ends to a full stop before them, SentencePiece starts every text with a space. So the
 * tokenizer itself is asked: a place is taken only if the ids of the text around it equal the ids
 * of the text before it followed by those of the text after it, for stretches of several lengths.
 * What lies further away than the longest stretch cannot matter, as long as no single word is
 * longer; places within a word are therefore not proposed unless the tokenizer parts the text at
 * every character.
 */
final class SafeCut {
  /**
   * Chars on either side of a place that the tokenizer is shown; three lengths of no common phase.
   */
  private static final int[] CONTEXTS = {512, 389, 251};

  /** How much text must follow a place before it can be judged. */
  static final int CONTEXT = CONTEXTS[0];

  /** How many places of one kind are tried before the next kind. */
  private static final int TRIES = 12;

  /** Consecutive places that must all be fit before a text is parted within a word. */
  private static final int CHARACTER_RUN = 17;

  /** Parts at the ends of lines, or of words, without asking any tokenizer. */
  static final SafeCut ANYWHERE = new SafeCut(null);

  private final @Nullable Function<String, int[]> ids;

  private SafeCut(@Nullable Function<String, int[]> ids) {
    this.ids = ids;
  }

  /** Asks the tokenizer whose {@code ids} method is given. */
  static SafeCut of(Function<String, int[]> ids) {
    return new SafeCut(ids);
  }

  /**
   * A place to part a text.
   *
   * @param end where the part before it ends
   * @param next where the part after it starts: {@code end}, or one further if the space between
   *     them is the one that the tokenizer puts before every text by itself
   */
  record Cut(int end, int next) {}

  /** A kind of place, the best first. */
  private enum Kind {
    /** After the only line end between two words. */
    LINE,
    /** After the last of several line ends, or before a line that does not start with a letter. */
    LINES,
    /** Before the only space between two words. */
    WORD,
    /** The same place, but the space is left out. */
    SWALLOWED_SPACE,
    /** Where a letter, a digit, a space or anything else meets something of another sort. */
    EDGE,
    /** Between two characters. */
    CHARACTER
  }

  /**
   * The best place in {@code [from, to)}, as late as possible, or null if there is none.
   *
   * @param text reaches {@link #CONTEXT} beyond {@code to} unless it ends before
   */
  @Nullable Cut find(CharSequence text, int from, int to) {
    for (Kind kind : Kind.values()) {
      int tries = 0;
      for (int at = Math.min(to, text.length() - 1); at > Math.max(from, 1); at--) {
        if (isPlace(kind, text, at)) {
          Cut cut = new Cut(at, kind == Kind.SWALLOWED_SPACE ? at + 1 : at);
          if (holds(kind, text, cut)) {
            return cut;
          }
          if (++tries == TRIES) {
            break;
          }
        }
      }
    }
    return null;
  }

  private static boolean isPlace(Kind kind, CharSequence text, int at) {
    char before = text.charAt(at - 1);
    char after = text.charAt(at);
    if (Character.isLowSurrogate(after) && Character.isHighSurrogate(before)) {
      return false;
    }
    return switch (kind) {
      case LINE ->
          before == '\n'
              && !Character.isWhitespace(text.charAt(at - 2))
              && Character.isLetter(Character.codePointAt(text, at));
      case LINES -> before == '\n' && !Character.isWhitespace(after);
      case WORD, SWALLOWED_SPACE ->
          after == ' '
              && !Character.isWhitespace(before)
              && at + 1 < text.length()
              && Character.isLetterOrDigit(Character.codePointAt(text, at + 1));
      case EDGE ->
          sort(Character.codePointBefore(text, at)) != sort(Character.codePointAt(text, at));
      case CHARACTER -> true;
    };
  }

  /** Rough classes of characters; words never reach from one into another in natural text. */
  private static int sort(int character) {
    if (Character.isLetter(character)) {
      return 0;
    }
    return Character.isDigit(character) ? 1 : Character.isWhitespace(character) ? 2 : 3;
  }

  private boolean holds(Kind kind, CharSequence text, Cut cut) {
    if (kind != Kind.CHARACTER) {
      return holds(text, cut);
    }
    for (int i = 0; i < CHARACTER_RUN; i++) {
      int at = cut.end() - i;
      if (at < 2 || (isPlace(kind, text, at) && !holds(text, new Cut(at, at)))) {
        return false;
      }
    }
    return true;
  }

  private boolean holds(CharSequence text, Cut cut) {
    if (ids == null) {
      return true;
    }
    for (int context : CONTEXTS) {
      int start = Math.max(0, cut.end() - context);
      if (start > 0 && Character.isLowSurrogate(text.charAt(start))) {
        start++;
      }
      int stop = Math.min(text.length(), cut.next() + context);
      if (stop < text.length() && Character.isLowSurrogate(text.charAt(stop))) {
        stop--;
      }
      int[] whole = ids.apply(text.subSequence(start, stop).toString());
      int[] left = ids.apply(text.subSequence(start, cut.end()).toString());
      int[] right = ids.apply(text.subSequence(cut.next(), stop).toString());
      int middle = left.length;
      if (whole.length != middle + right.length
          || !Arrays.equals(whole, 0, middle, left, 0, middle)
          || !Arrays.equals(whole, middle, whole.length, right, 0, right.length)) {
        return false;
      }
    }
    return true;
  }
}
