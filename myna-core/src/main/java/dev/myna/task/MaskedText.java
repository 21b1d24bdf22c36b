package dev.myna.task;

import dev.myna.text.corpus.Shards;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Texts for tokens to be hidden in, by their number. */
public sealed interface MaskedText {
  /**
   * A text.
   *
   * @param segments of its tokens, 0 or 1
   * @param label of the pair that it is; 0 where it is none
   * @param key by which tokens are chosen: the same key hides the same
   */
  record Text(int[] ids, int[] segments, int label, long key) {}

  /** The text of a number, from 0. */
  Text at(long number);

  /** Texts to be judged by, always the same. */
  List<Text> heldOut(int most);

  /** Whether texts are pairs with a label. */
  boolean paired();

  /** The tokens that frame texts, and the room between. */
  record Frame(int begin, int end, int length) {}

  /** Packed text between begin and end, as RoBERTa reads it (full sentences, across documents). */
  final class Packed implements MaskedText {
    private final Blocks blocks;
    private final Shards heldOut;
    private final Frame frame;
    private final int copies;

    /**
     * @param copies how many ways of hiding each block of text has (static masking); 0 for a new
     *     one each time (dynamic masking)
     */
    public Packed(Shards training, Shards heldOut, Frame frame, int copies, long seed) {
      int room = frame.length() - 2;
      blocks = new Blocks(training, room, room, seed, copies > 0);
      this.heldOut = heldOut;
      this.frame = frame;
      this.copies = copies;
    }

    @Override
    public Text at(long number) {
      long key =
          copies == 0
              ? number
              : blocks.start(number) * copies + number / blocks.perEpoch() % copies;
      return framed(blocks.block(number), key);
    }

    private Text framed(int[] block, long key) {
      int[] ids = new int[block.length + 2];
      ids[0] = frame.begin();
      System.arraycopy(block, 0, ids, 1, block.length);
      ids[ids.length - 1] = frame.end();
      return new Text(ids, new int[ids.length], 0, key);
    }

    @Override
    public List<Text> heldOut(int most) {
      List<Text> texts = new ArrayList<>();
      int room = frame.length() - 2;
      for (List<Long> starts : Windows.plan(heldOut.size(), 1, room, most)) {
        long start = starts.getFirst();
        int[] block = new int[(int) Math.min(room, heldOut.size() - start)];
        heldOut.read(start, block);
        texts.add(framed(block, start));
      }
      return texts;
    }

    @Override
    public boolean paired() {
      return false;
    }
  }

  /** Pairs of pieces of text, of which half do not belong together ({@link SentencePairs}). */
  final class Paired implements MaskedText {
    private final PairSource training;
    private final PairSource heldOut;
    private final Frame frame;
    private final long seed;

    /**
     * @param training documents of sentences
     * @param heldOut documents of sentences
     */
    public Paired(
        SentencePairs kind,
        List<List<int[]>> training,
        List<List<int[]>> heldOut,
        Frame frame,
        long seed) {
      this.training = new PairSource(kind, training, frame.length() - 3);
      this.heldOut = new PairSource(kind, heldOut, frame.length() - 3);
      this.frame = frame;
      this.seed = seed;
    }

    @Override
    public Text at(long number) {
      return text(training, Permutation.mix(seed ^ Permutation.mix(number)), number);
    }

    private Text text(PairSource source, long draw, long key) {
      SentencePairs.Pair pair = source.draw(new Random(draw));
      var joined = SentencePairs.Joined.of(pair, frame.begin(), frame.end(), frame.length());
      return new Text(joined.ids(), joined.segments(), pair.label(), key);
    }

    @Override
    public List<Text> heldOut(int most) {
      int wanted = most == 0 ? 1000 : most;
      long[] numbers = new long[wanted];
      Arrays.setAll(numbers, i -> i);
      return Arrays.stream(numbers)
          .mapToObj(number -> text(heldOut, Permutation.mix(-1 - number), number))
          .toList();
    }

    @Override
    public boolean paired() {
      return true;
    }
  }
}
