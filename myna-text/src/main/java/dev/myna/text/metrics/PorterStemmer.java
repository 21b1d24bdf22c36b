package dev.myna.text.metrics;

import org.jspecify.annotations.Nullable;

/**
 * Porter's suffix stripper for English (Porter, "An algorithm for suffix stripping", 1980) and the
 * variants that scorers use. Words are lower-case; anything but a, e, i, o, u and y counts as a
 * consonant.
 */
public enum PorterStemmer {
  /** As the paper of 1980 has it. */
  ORIGINAL,

  /** With the departures of Porter's own later programs: words of two letters stay, -bli, -logi. */
  MARTIN,

  /**
   * NLTK's extensions, which the Python scorer of ROUGE uses: irregular forms, -ied, -y, -fulli.
   */
  NLTK,

  /** As in ROUGE-1.5.5: {@link #MARTIN} that tries -ment and -ent after the other endings. */
  ROUGE;

  private static final String[][] STEP2 = {
    {"ational", "ate"}, {"tional", "tion"}, {"enci", "ence"}, {"anci", "ance"},
    {"izer", "ize"}, {"bli", "ble"}, {"alli", "al"}, {"entli", "ent"},
    {"eli", "e"}, {"ousli", "ous"}, {"ization", "ize"}, {"ation", "ate"},
    {"ator", "ate"}, {"alism", "al"}, {"iveness", "ive"}, {"fulness", "ful"},
    {"ousness", "ous"}, {"aliti", "al"}, {"iviti", "ive"}, {"biliti", "ble"},
  };
  private static final String[][] STEP3 = {
    {"icate", "ic"},
    {"ative", ""},
    {"alize", "al"},
    {"iciti", "ic"},
    {"ical", "ic"},
    {"ful", ""},
    {"ness", ""},
  };
  private static final String[] STEP4 = {
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou",
    "ism", "ate", "iti", "ous", "ive", "ize",
  };

  /** The stem of a lower-case word. */
  public String stem(String word) {
    if (word.isEmpty() || (this != ORIGINAL && word.length() <= 2)) {
      return word;
    }
    if (this == NLTK) {
      String irregular = irregular(word);
      if (irregular != null) {
        return irregular;
      }
    }
    StringBuilder w = new StringBuilder(word);
    plural(w);
    past(w);
    finalY(w);
    doubleSuffix(w);
    step3(w);
    if (this == ROUGE) {
      step4InTurn(w);
    } else {
      step4(w);
    }
    finalE(w);
    if (ends(w, "ll") && measure(w, w.length() - 1) > 1) {
      w.setLength(w.length() - 1);
    }
    return w.toString();
  }

  private static @Nullable String irregular(String word) {
    return switch (word) {
      case "sky", "skies" -> "sky";
      case "dying" -> "die";
      case "lying" -> "lie";
      case "tying" -> "tie";
      case "news" -> "news";
      case "innings", "inning" -> "inning";
      case "outings", "outing" -> "outing";
      case "cannings", "canning" -> "canning";
      case "howe", "proceed", "exceed", "succeed" -> word;
      default -> null;
    };
  }

  /** Step 1a: -sses, -ies, -s. */
  private void plural(StringBuilder w) {
    if (this == NLTK && w.length() == 4 && ends(w, "ies")) {
      cut(w, 1);
    } else if (ends(w, "sses") || ends(w, "ies")) {
      cut(w, 2);
    } else if (ends(w, "s") && !ends(w, "ss")) {
      cut(w, 1);
    }
  }

  /** Step 1b: -eed, -ed, -ing, and what is mended after them. */
  private void past(StringBuilder w) {
    if (this == NLTK && ends(w, "ied")) {
      cut(w, w.length() == 4 ? 1 : 2);
      return;
    }
    if (ends(w, "eed")) {
      if (measure(w, w.length() - 3) > 0) {
        cut(w, 1);
      }
      return;
    }
    int suffix = ends(w, "ed") ? 2 : ends(w, "ing") ? 3 : 0;
    if (suffix == 0 || !hasVowel(w, w.length() - suffix)) {
      return;
    }
    cut(w, suffix);
    if (ends(w, "at") || ends(w, "bl") || ends(w, "iz")) {
      w.append('e');
    } else if (endsWithDoubleConsonant(w)) {
      char last = w.charAt(w.length() - 1);
      boolean kept = last == 'l' || last == 's' || last == 'z' || (this == ROUGE && last == 'y');
      if (!kept) {
        cut(w, 1);
      }
    } else if (measure(w, w.length()) == 1 && endsConsonantVowelConsonant(w, w.length())) {
      w.append('e');
    }
  }

  /** Step 1c: -y. */
  private void finalY(StringBuilder w) {
    if (!ends(w, "y")) {
      return;
    }
    int stem = w.length() - 1;
    boolean changes = this == NLTK ? stem > 1 && isConsonant(w, stem - 1) : hasVowel(w, stem);
    if (changes) {
      w.setCharAt(stem, 'i');
    }
  }

  /** Step 2: double suffixes. */
  private void doubleSuffix(StringBuilder w) {
    if (this == NLTK && ends(w, "alli") && measure(w, w.length() - 4) > 0) {
      cut(w, 2);
      doubleSuffix(w);
      return;
    }
    for (String[] rule : STEP2) {
      String suffix = rule[0];
      if (!ends(w, suffix) || (this == ORIGINAL && suffix.equals("bli") && !ends(w, "abli"))) {
        continue;
      }
      // the paper's rule is -abli to -able: it measures one letter less than -bli to -ble
      int stem = w.length() - suffix.length() - (this == ORIGINAL && suffix.equals("bli") ? 1 : 0);
      if (measure(w, stem) > 0) {
        cut(w, suffix.length());
        w.append(rule[1]);
      }
      return;
    }
    if (this == NLTK && ends(w, "fulli") && measure(w, w.length() - 5) > 0) {
      cut(w, 2);
    } else if (this != ORIGINAL && ends(w, "logi")) {
      int stem = w.length() - (this == NLTK ? 3 : 4);
      if (measure(w, stem) > 0) {
        cut(w, 1);
      }
    }
  }

  private static void step3(StringBuilder w) {
    for (String[] rule : STEP3) {
      if (ends(w, rule[0])) {
        if (measure(w, w.length() - rule[0].length()) > 0) {
          cut(w, rule[0].length());
          w.append(rule[1]);
        }
        return;
      }
    }
  }

  /** Step 4: the first ending that fits is tried, and no other. */
  private static void step4(StringBuilder w) {
    for (String suffix : STEP4) {
      if (ends(w, suffix)) {
        int stem = w.length() - suffix.length();
        if (measure(w, stem) > 1 && (!suffix.equals("ion") || endsInSOrT(w, stem))) {
          w.setLength(stem);
        }
        return;
      }
    }
  }

  /** Step 4 of ROUGE-1.5.5: -ment and then -ent or -ion are tried on what the others left. */
  private static void step4InTurn(StringBuilder w) {
    for (String suffix : STEP4) {
      boolean later = suffix.equals("ment") || suffix.equals("ent") || suffix.equals("ion");
      if (!later && ends(w, suffix)) {
        cutIfLong(w, suffix);
        break;
      }
    }
    if (ends(w, "ment")) {
      cutIfLong(w, "ment");
    }
    if (ends(w, "ent")) {
      cutIfLong(w, "ent");
    } else if (ends(w, "ion") && endsInSOrT(w, w.length() - 3)) {
      cutIfLong(w, "ion");
    }
  }

  private static void cutIfLong(StringBuilder w, String suffix) {
    int stem = w.length() - suffix.length();
    if (measure(w, stem) > 1) {
      w.setLength(stem);
    }
  }

  private static boolean endsInSOrT(StringBuilder w, int length) {
    return length > 0 && (w.charAt(length - 1) == 's' || w.charAt(length - 1) == 't');
  }

  /** Step 5a: -e. */
  private void finalE(StringBuilder w) {
    if (!ends(w, "e")) {
      return;
    }
    int stem = w.length() - 1;
    int measure = measure(w, stem);
    if (measure > 1 || (measure == 1 && !endsConsonantVowelConsonant(w, stem))) {
      w.setLength(stem);
    }
  }

  private static boolean ends(StringBuilder w, String suffix) {
    int at = w.length() - suffix.length();
    if (at < 0) {
      return false;
    }
    for (int i = 0; i < suffix.length(); i++) {
      if (w.charAt(at + i) != suffix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static void cut(StringBuilder w, int letters) {
    w.setLength(w.length() - letters);
  }

  private static boolean isConsonant(StringBuilder w, int i) {
    return switch (w.charAt(i)) {
      case 'a', 'e', 'i', 'o', 'u' -> false;
      case 'y' -> {
        // a y is a consonant at the beginning and after a vowel; a run of them alternates
        int first = i;
        while (first > 0 && w.charAt(first - 1) == 'y') {
          first--;
        }
        boolean consonant = first == 0 || !isConsonant(w, first - 1);
        yield consonant == ((i - first) % 2 == 0);
      }
      default -> true;
    };
  }

  /** How often a vowel is followed by a consonant in the first {@code length} letters. */
  private static int measure(StringBuilder w, int length) {
    int measure = 0;
    boolean vowel = false;
    for (int i = 0; i < length; i++) {
      char c = w.charAt(i);
      boolean consonant =
          switch (c) {
            case 'a', 'e', 'i', 'o', 'u' -> false;
            case 'y' -> i == 0 || vowel;
            default -> true;
          };
      if (consonant && vowel) {
        measure++;
      }
      vowel = !consonant;
    }
    return measure;
  }

  private static boolean hasVowel(StringBuilder w, int length) {
    for (int i = 0; i < length; i++) {
      if (!isConsonant(w, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean endsWithDoubleConsonant(StringBuilder w) {
    int last = w.length() - 1;
    return last >= 1 && w.charAt(last) == w.charAt(last - 1) && isConsonant(w, last);
  }

  /** The paper's condition *o; the last consonant is not w, x or y. */
  private boolean endsConsonantVowelConsonant(StringBuilder w, int length) {
    if (this == NLTK && length == 2) {
      return !isConsonant(w, 0) && isConsonant(w, 1);
    }
    if (length < 3
        || !isConsonant(w, length - 1)
        || isConsonant(w, length - 2)
        || !isConsonant(w, length - 3)) {
      return false;
    }
    char last = w.charAt(length - 1);
    return last != 'w' && last != 'x' && last != 'y';
  }
}
