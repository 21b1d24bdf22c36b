package dev.myna.text.augment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * A way to make another version of a text (Wei and Zou, 2019: "EDA"). Words stand between white
 * space; those of the result, between single spaces.
 */
@FunctionalInterface
public interface Augmentation {
  /** Another version of a text: the same one for random numbers from the same seed. */
  String of(String text, Random random);

  /**
   * Leaves each word out with a probability, but never all of them.
   *
   * @param share from 0 to below 1
   * @throws IllegalArgumentException if the share is outside
   */
  static Augmentation deletion(double share) {
    requireShare("deletion", share);
    return words(
        (words, random) -> {
          List<String> kept = new ArrayList<>(words);
          kept.removeIf(word -> random.nextDouble() < share);
          return kept.isEmpty() ? List.of(words.get(random.nextInt(words.size()))) : kept;
        });
  }

  /**
   * Lets two words change places, as often as a share of the words says, and at least once where it
   * is above 0 and there are two words.
   *
   * @param share from 0 to below 1
   * @throws IllegalArgumentException if the share is outside
   */
  static Augmentation swaps(double share) {
    requireShare("swaps", share);
    return words(
        (words, random) -> {
          List<String> swapped = new ArrayList<>(words);
          boolean some = share > 0 && words.size() > 1;
          for (long i = some ? Math.max(1, Math.round(share * words.size())) : 0; i > 0; i--) {
            int one = random.nextInt(swapped.size());
            int step = 1 + random.nextInt(swapped.size() - 1);
            Collections.swap(swapped, one, (one + step) % swapped.size());
          }
          return swapped;
        });
  }

  /**
   * Puts a synonym in the place of each word that has one, with a probability.
   *
   * @param share from 0 to below 1
   * @throws IllegalArgumentException if the share is outside
   */
  static Augmentation synonyms(Synonyms synonyms, double share) {
    requireShare("synonyms", share);
    return words(
        (words, random) ->
            words.stream()
                .map(word -> random.nextDouble() < share ? synonyms.of(word, random) : word)
                .toList());
  }

  /**
   * Translates into another language and back (Sennrich et al., 2016), by whatever can.
   *
   * @param there translates a text
   * @param back translates it back
   */
  static Augmentation backTranslation(UnaryOperator<String> there, UnaryOperator<String> back) {
    return (text, random) -> back.apply(there.apply(text));
  }

  /** This, and then another. */
  default Augmentation then(Augmentation next) {
    return (text, random) -> next.of(of(text, random), random);
  }

  private static Augmentation words(Change change) {
    return (text, random) -> {
      List<String> words =
          Arrays.stream(text.split("\\s+")).filter(word -> !word.isEmpty()).toList();
      return words.isEmpty() ? text : String.join(" ", change.of(words, random));
    };
  }

  private static void requireShare(String name, double share) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException(
          "%s wants a share of the words from 0 to below 1, found %s".formatted(name, share));
    }
  }

  /** A change of at least one word. */
  @FunctionalInterface
  interface Change {
    List<String> of(List<String> words, Random random);
  }
}
