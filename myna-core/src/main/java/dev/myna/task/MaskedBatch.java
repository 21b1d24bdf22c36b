package dev.myna.task;

import dev.myna.tensor.Device;
import dev.myna.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Texts with hidden tokens.
 *
 * @param read what the model reads
 * @param segments of its tokens
 * @param targets the hidden tokens, {@link Batch#IGNORED} elsewhere; as long as the texts
 * @param labels of pairs
 */
record MaskedBatch(Padded read, List<int[]> segments, List<int[]> targets, int[] labels)
    implements Task.Weighed {
  @Override
  public int tokens() {
    return read.tokens();
  }

  /** Rows apart. */
  List<Task.Part<MaskedBatch>> parts(int most) {
    return Task.Part.apart(
        targets.size(),
        most,
        (from, to) ->
            new MaskedBatch(
                new Padded(read.rows().subList(from, to)),
                segments.subList(from, to),
                targets.subList(from, to),
                Arrays.copyOfRange(labels, from, to)),
        part -> part.hidden().length);
  }

  /** (B, T). */
  Tensor kinds(Device device) {
    return new Padded(segments).ids(0, device);
  }

  /** Where hidden tokens lie in (B·T). */
  long[] places() {
    int length = read.longest();
    List<Long> places = new ArrayList<>();
    for (int row = 0; row < targets.size(); row++) {
      int[] own = targets.get(row);
      for (int i = 0; i < own.length; i++) {
        if (own[i] != Batch.IGNORED) {
          places.add((long) row * length + i);
        }
      }
    }
    return places.stream().mapToLong(p -> p).toArray();
  }

  /** The hidden tokens, in the order of their places. */
  int[] hidden() {
    return targets.stream()
        .flatMapToInt(Arrays::stream)
        .filter(target -> target != Batch.IGNORED)
        .toArray();
  }

  /** Hides tokens of texts. */
  static MaskedBatch of(
      List<MaskedText.Text> texts, Masking masking, MaskedWords words, TaskSettings settings) {
    List<Masking.Masked> masked =
        texts.stream()
            .map(
                text ->
                    masking.mask(
                        text.ids(),
                        words.special(text.ids()),
                        words.continues(text.ids()),
                        settings.random(text.key())))
            .toList();
    return new MaskedBatch(
        new Padded(masked.stream().map(Masking.Masked::ids).toList()),
        texts.stream().map(MaskedText.Text::segments).toList(),
        masked.stream().map(Masking.Masked::targets).toList(),
        IntStream.range(0, texts.size()).map(i -> texts.get(i).label()).toArray());
  }
}
