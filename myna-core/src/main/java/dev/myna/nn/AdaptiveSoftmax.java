package dev.myna.nn;

import dev.myna.tensor.DType;
import dev.myna.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Probabilities of a large vocabulary for little work (Grave et al., 2017): frequent words stand in
 * one list with an entry for each class of rarer ones, which are only told apart where one of them
 * is meant. All vectors have the full size, those of words are rows of one table, the most frequent
 * word's first.
 */
public final class AdaptiveSoftmax extends Module {
  private final int vocabulary;
  private final List<Integer> cutoffs;
  private final Tensor classes;

  /**
   * @param width C
   * @param vocabulary V
   * @param cutoffs how many words are frequent; then how many are no rarer than each further class,
   *     the last of which ends with the vocabulary
   */
  public AdaptiveSoftmax(int width, int vocabulary, List<Integer> cutoffs) {
    this.vocabulary = vocabulary;
    this.cutoffs = List.copyOf(cutoffs);
    classes = parameter("classes", cutoffs.size(), width);
    for (int i = 0; i < cutoffs.size(); i++) {
      if (cutoffs.get(i) < 1 || cutoffs.get(i) <= (i == 0 ? 0 : cutoffs.get(i - 1))) {
        throw new IllegalArgumentException("cutoffs must be above 0 and rise: found " + cutoffs);
      }
    }
    if (cutoffs.isEmpty() || cutoffs.getLast() >= vocabulary) {
      throw new IllegalArgumentException(
          "cutoffs must be below the vocabulary of %,d, and one at least: found %s"
              .formatted(vocabulary, cutoffs));
    }
  }

  /** The table's rows: frequent words with the classes behind them, then each class's words. */
  private List<Tensor> lists(Tensor table) {
    long[] sizes = new long[cutoffs.size() + 1];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = end(i) - begin(i);
    }
    List<Tensor> lists = new ArrayList<>(table.split(sizes, 0));
    lists.set(0, Tensor.cat(List.of(lists.getFirst(), classes), 0));
    return lists;
  }

  private int begin(int list) {
    return list == 0 ? 0 : cutoffs.get(list - 1);
  }

  private int end(int list) {
    return list == cutoffs.size() ? vocabulary : cutoffs.get(list);
  }

  /**
   * Logarithms of the probabilities of all words.
   *
   * @param hidden (…, C)
   * @param table (V, C)
   * @return (…, V) float32
   */
  public Tensor logProbabilities(Tensor hidden, Tensor table) {
    List<Tensor> lists = lists(table);
    Tensor first =
        Precision.product(hidden, lists.getFirst(), null).to(DType.FLOAT32).logSoftmax(-1);
    List<Tensor> all = new ArrayList<>(List.of(first.narrow(-1, 0, end(0))));
    for (int i = 1; i < lists.size(); i++) {
      Tensor within =
          Precision.product(hidden, lists.get(i), null).to(DType.FLOAT32).logSoftmax(-1);
      all.add(within.add(first.narrow(-1, end(0) + i - 1, 1)));
    }
    return Tensor.cat(all, -1);
  }

  /**
   * Mean cross-entropy of words.
   *
   * @param hidden (…, C)
   * @param table (V, C)
   * @param targets of as many ids, or {@link Loss#IGNORED}
   * @return a float32 scalar in nats a counted target
   */
  public Tensor loss(Tensor hidden, Tensor table, Tensor targets) {
    List<Tensor> lists = lists(table);
    Tensor states = hidden.reshape(-1, hidden.size(-1)); // (N, C)
    long[] ids = targets.to(DType.INT64).reshape(-1).toLongs();
    long[] first = ids.clone();
    long counted = Arrays.stream(ids).filter(id -> id != Loss.IGNORED).count();
    List<Tensor> parts = new ArrayList<>();
    for (int i = 1; i < lists.size(); i++) {
      int list = i;
      int[] places = // of this class's words
          IntStream.range(0, ids.length)
              .filter(n -> ids[n] >= begin(list) && ids[n] < end(list))
              .toArray();
      if (places.length > 0) {
        long[] within = Arrays.stream(places).mapToLong(n -> ids[n] - begin(list)).toArray();
        Arrays.stream(places).forEach(n -> first[n] = end(0) + list - 1);
        Tensor some = states.indexSelect(0, Tensor.of(places).to(states.device()));
        parts.add(mean(lists.get(i), some, within).mul((double) places.length / counted));
      }
    }
    return parts.stream().reduce(mean(lists.getFirst(), states, first), Tensor::add);
  }

  private static Tensor mean(Tensor rows, Tensor hidden, long[] targets) {
    return VocabularyLoss.of(x -> Precision.product(x, rows, null), List.of(rows), rows.size(0))
        .mean(hidden, Tensor.of(targets, targets.length).to(hidden.device()), 0);
  }
}
