package dev.myna.task;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Draws pairs of pieces of text as BERT was given them: each piece is one or several sentences that
 * stand together, and both fill the room.
 */
final class PairSource {
  private final SentencePairs kind;
  private final List<List<int[]>> documents;
  private final int room;

  /**
   * @param documents of sentences of ids
   * @param room tokens of both pieces together, about
   */
  PairSource(SentencePairs kind, List<List<int[]>> documents, int room) {
    this.kind = kind;
    this.room = room;
    this.documents = documents.stream().filter(document -> document.size() > 1).toList();
    if (this.documents.size() < 2) {
      throw new TaskException(
          "pairs of sentences want at least 2 documents of at least 2 sentences, found %d of %d; documents are parted by empty lines"
              .formatted(this.documents.size(), documents.size()));
    }
  }

  /** A pair, half of the time a true one. */
  SentencePairs.Pair draw(Random random) {
    int own = random.nextInt(documents.size());
    List<int[]> document = documents.get(own);
    int from = random.nextInt(document.size() - 1);
    int to = from + 1; // at least one sentence on each side
    int tokens = document.get(from).length;
    while (to < document.size() && (to < from + 2 || tokens < room)) {
      tokens += document.get(to++).length;
    }
    int border = from + 1 + random.nextInt(to - from - 1);
    int[] first = joined(document, from, border);
    int[] second = joined(document, border, to);
    if (random.nextBoolean()) {
      return new SentencePairs.Pair(first, second, 0);
    }
    return kind.order()
        ? new SentencePairs.Pair(second, first, 1)
        : new SentencePairs.Pair(first, elsewhere(own, room - first.length, random), 1);
  }

  private int[] elsewhere(int not, int wanted, Random random) {
    int other = random.nextInt(documents.size() - 1);
    List<int[]> document = documents.get(other < not ? other : other + 1);
    int from = random.nextInt(document.size());
    int to = from + 1;
    int tokens = document.get(from).length;
    while (to < document.size() && tokens < wanted) {
      tokens += document.get(to++).length;
    }
    return joined(document, from, to);
  }

  private static int[] joined(List<int[]> sentences, int from, int to) {
    return sentences.subList(from, to).stream().flatMapToInt(Arrays::stream).toArray();
  }
}
