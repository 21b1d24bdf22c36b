package dev.myna.task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Hides tokens for a model to guess (Devlin et al., 2019): most of the chosen ones behind the mask
 * token, some behind another token, some not at all.
 *
 * <p>Masked anew each time that a text is seen, this is dynamic masking (Liu et al., 2019); masked
 * once with a few seeds and kept, it is static.
 *
 * @param share of tokens that are chosen
 * @param masked of the chosen, share that becomes the mask token
 * @param replaced of the chosen, share that becomes some other token
 * @param maskToken its id
 * @param vocabulary V
 * @param wholeWords whether all pieces of a word are chosen together (Cui et al., 2019)
 */
public record Masking(
    double share,
    double masked,
    double replaced,
    int maskToken,
    int vocabulary,
    boolean wholeWords) {
  public Masking {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "the share of masked tokens must be in (0, 1], found " + share);
    }
    if (masked < 0 || replaced < 0 || masked + replaced > 1) {
      throw new IllegalArgumentException(
          "masked and replaced must be shares of at most 1 together, found %s and %s"
              .formatted(masked, replaced));
    }
    if (maskToken < 0 || maskToken >= vocabulary) {
      throw new IllegalArgumentException(
          "the mask token must be in the vocabulary of %d, found %d"
              .formatted(vocabulary, maskToken));
    }
  }

  /** As BERT does: 15 % chosen; of them 80 % masked, 10 % replaced, 10 % kept. */
  public static Masking bert(int maskToken, int vocabulary) {
    return new Masking(0.15, 0.8, 0.1, maskToken, vocabulary, false);
  }

  /** The same with whole words. */
  public Masking ofWholeWords() {
    return new Masking(share, masked, replaced, maskToken, vocabulary, true);
  }

  /**
   * A text with tokens hidden.
   *
   * @param ids what the model reads
   * @param targets what it has to guess there; {@link Batch#IGNORED} elsewhere
   */
  public record Masked(int[] ids, int[] targets) {}

  /**
   * Hides tokens of a text: not more than the share says, but at least one, or one word, where any
   * may be hidden.
   *
   * @param special where tokens are never hidden ({@code [CLS]}, padding)
   * @param continues where a token goes on with the word before; looked at for whole words only
   */
  public Masked mask(int[] ids, boolean[] special, boolean[] continues, Random random) {
    int[] read = ids.clone();
    int[] targets = new int[ids.length];
    Arrays.fill(targets, Batch.IGNORED);
    List<List<Integer>> units = units(special, continues);
    Collections.shuffle(units, random);
    int candidates = units.stream().mapToInt(List::size).sum();
    long wanted = candidates == 0 ? 0 : Math.max(1, Math.round(share * candidates));
    for (List<Integer> unit : chosen(units, wanted)) {
      for (int place : unit) {
        targets[place] = ids[place];
        read[place] = hidden(ids[place], random);
      }
    }
    return new Masked(read, targets);
  }

  /**
   * Units in their order, each of which fits into what is left of the wanted number of tokens, as
   * BERT chooses whole words; where none does, the shortest.
   */
  private static List<List<Integer>> chosen(List<List<Integer>> units, long wanted) {
    List<List<Integer>> chosen = new ArrayList<>();
    long left = wanted;
    for (List<Integer> unit : units) {
      if (unit.size() <= left) {
        chosen.add(unit);
        left -= unit.size();
      }
    }
    return chosen.isEmpty() && !units.isEmpty()
        ? List.of(Collections.min(units, Comparator.comparingInt(List::size)))
        : chosen;
  }

  /** Places that are chosen together. */
  private List<List<Integer>> units(boolean[] special, boolean[] continues) {
    List<List<Integer>> units = new ArrayList<>();
    for (int place = 0; place < special.length; place++) {
      if (special[place]) {
        continue;
      }
      boolean goesOn = wholeWords && place > 0 && continues[place] && !special[place - 1];
      if (goesOn) {
        units.getLast().add(place);
      } else {
        units.add(new ArrayList<>(List.of(place)));
      }
    }
    return units;
  }

  private int hidden(int id, Random random) {
    double draw = random.nextDouble();
    if (draw < masked) {
      return maskToken;
    }
    return draw < masked + replaced ? random.nextInt(vocabulary) : id;
  }
}
