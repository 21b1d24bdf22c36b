package dev.myna.text.normalize;

import java.text.Normalizer.Form;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One of Unicode's four normal forms (UAX 15), computed so that every character of the result knows
 * how many characters of the text went into it.
 */
final class UnicodeForm {
  private static final int[] CLASSES = classes();

  private final Form form;
  private final boolean compose;
  private final BitSet keptWhole;
  private final AlignedText text;
  private int[] points;
  private int[] changes;
  private int[] classes;
  private int size;

  private UnicodeForm(AlignedText text, Form form) {
    this.text = text;
    this.form = form == Form.NFC || form == Form.NFD ? Form.NFD : Form.NFKD;
    this.compose = form == Form.NFC || form == Form.NFKC;
    this.keptWhole =
        CodePointSets.of(
            this.form == Form.NFD ? "kept-whole-canonically" : "kept-whole-compatibly");
    int capacity = text.length() + 16;
    points = new int[capacity];
    changes = new int[capacity];
    classes = new int[capacity];
  }

  /** Brings {@code text} into {@code form}. */
  static void apply(AlignedText text, Form form) {
    boolean plain = true;
    for (int i = 0; plain && i < text.length(); i++) {
      // Below these nothing decomposes, composes or is reordered in the respective form.
      plain = text.charAt(i) < (form == Form.NFC ? 0x300 : form == Form.NFD ? 0xC0 : 0xA0);
    }
    if (!plain) {
      UnicodeForm work = new UnicodeForm(text, form);
      work.decompose();
      if (work.compose) {
        work.recompose();
      }
      work.finish();
    }
  }

  private void decompose() {
    int sorted = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c < 0xA0 || keptWhole.get(c)) {
        sorted = push(c, 0, sorted);
        continue;
      }
      int[] parts = Decompositions.of(c, form);
      for (int k = 0; k < parts.length; k++) {
        sorted = push(parts[k], k == 0 ? 0 : 1, sorted);
      }
    }
    sort(sorted);
  }

  /** Adds a decomposed character; returns where characters that may still move begin. */
  private int push(int c, int change, int sorted) {
    int combining = combiningClass(c);
    int from = sorted;
    if (combining == 0) {
      sort(sorted);
      from = size + 1;
    }
    if (size == points.length) {
      int capacity = size + (size >> 1);
      points = Arrays.copyOf(points, capacity);
      changes = Arrays.copyOf(changes, capacity);
      classes = Arrays.copyOf(classes, capacity);
    }
    points[size] = c;
    changes[size] = change;
    classes[size++] = combining;
    return from;
  }

  /** Sorts marks from {@code from} on by class, stably: by counting, since they may be many. */
  private void sort(int from) {
    int count = size - from;
    boolean ordered = true;
    for (int i = from + 1; ordered && i < size; i++) {
      ordered = classes[i - 1] <= classes[i];
    }
    if (count < 2 || ordered) {
      return;
    }
    int[] places = new int[257];
    for (int i = from; i < size; i++) {
      places[classes[i] + 1]++;
    }
    for (int k = 1; k < places.length; k++) {
      places[k] += places[k - 1];
    }
    int[] newPoints = new int[count];
    int[] newChanges = new int[count];
    int[] newClasses = new int[count];
    for (int i = from; i < size; i++) {
      int place = places[classes[i]]++;
      newPoints[place] = points[i];
      newChanges[place] = changes[i];
      newClasses[place] = classes[i];
    }
    System.arraycopy(newPoints, 0, points, from, count);
    System.arraycopy(newChanges, 0, changes, from, count);
    System.arraycopy(newClasses, 0, classes, from, count);
  }

  private void recompose() {
    int out = 0;
    int starter = -1;
    int last = -1; // the class of the mark before, -1 right after the starter
    for (int i = 0; i < size; i++) {
      int combining = classes[i];
      if (starter >= 0 && (last < 0 || last < combining)) {
        int composed = Decompositions.compose(points[starter], points[i]);
        if (composed >= 0) {
          points[starter] = composed;
          changes[starter] += changes[i] - 1;
          continue;
        }
      }
      points[out] = points[i];
      changes[out] = changes[i];
      classes[out] = combining;
      if (combining == 0) {
        starter = out;
        last = -1;
      } else if (starter >= 0) {
        last = combining;
      }
      out++;
    }
    size = out;
  }

  private void finish() {
    text.transform(points, changes, size);
  }

  static int combiningClass(int c) {
    if (c < 0x300) {
      return 0;
    }
    int low = 0;
    int high = CLASSES.length / 2 - 1;
    while (low <= high) {
      int middle = low + high >>> 1;
      int found = CLASSES[middle * 2];
      if (found == c) {
        return CLASSES[middle * 2 + 1];
      }
      if (found < c) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return 0;
  }

  private static int[] classes() {
    Map<Integer, Integer> classes = new HashMap<>();
    String prefix = "combining-class-";
    CodePointSets.all()
        .forEach(
            (name, set) -> {
              if (name.startsWith(prefix)) {
                int value = Integer.parseInt(name.substring(prefix.length()));
                set.stream().forEach(c -> classes.put(c, value));
              }
            });
    return classes.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMapToInt(e -> IntStream.of(e.getKey(), e.getValue()))
        .toArray();
  }
}
