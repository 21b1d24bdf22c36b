package dev.myna.task;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Ways to spoil a text that a model then restores (BART, Lewis et al., 2020). */
public sealed interface Denoising {
  /** A spoilt copy of a text. */
  int[] spoil(int[] ids, Random random);

  /** Tokens become the mask token. */
  record TokenMasking(double share, int maskToken) implements Denoising {
    @Override
    public int[] spoil(int[] ids, Random random) {
      return Arrays.stream(ids).map(id -> random.nextDouble() < share ? maskToken : id).toArray();
    }
  }

  /** Tokens vanish; one at least stays. */
  record TokenDeletion(double share) implements Denoising {
    @Override
    public int[] spoil(int[] ids, Random random) {
      int[] kept = Arrays.stream(ids).filter(id -> random.nextDouble() >= share).toArray();
      return kept.length > 0 || ids.length == 0 ? kept : new int[] {ids[0]};
    }
  }

  /**
   * Spans become one mask token each, also spans of nothing, which stand between tokens besides.
   * Lengths are drawn until they come to the share, and the last is cut to it; spans do not
   * overlap. Spans of nothing are at most as many as tokens, so that a small mean length has an
   * end.
   *
   * @param share of tokens that are covered
   * @param meanLength λ of the lengths, which are Poisson-distributed; where it is 0, there are
   *     spans of nothing alone, as many as tokens would be covered
   */
  record TextInfilling(double share, double meanLength, int maskToken) implements Denoising {
    /** In the place of the length of a span: a token that stays. */
    private static final int STAYS = -1;

    @Override
    public int[] spoil(int[] ids, Random random) {
      int wanted = (int) Math.round(share * ids.length);
      List<Integer> pieces =
          new ArrayList<>(
              meanLength == 0
                  ? Collections.nCopies(wanted, 0)
                  : lengths(wanted, ids.length, random));
      int covered = pieces.stream().mapToInt(length -> length).sum();
      pieces.addAll(Collections.nCopies(ids.length - covered, STAYS));
      Collections.shuffle(pieces, random);
      IntStream.Builder spoilt = IntStream.builder();
      int at = 0;
      for (int piece : pieces) {
        spoilt.add(piece == STAYS ? ids[at] : maskToken);
        at += piece == STAYS ? 1 : piece;
      }
      return spoilt.build().toArray();
    }

    /**
     * Lengths of spans.
     *
     * @param wanted what they come to
     * @param empty how many of them may be 0; those that follow are 1 at least
     */
    private List<Integer> lengths(int wanted, int empty, Random random) {
      List<Integer> lengths = new ArrayList<>();
      int left = wanted;
      int spare = empty;
      while (left > 0) {
        int length = Math.min(Math.max(poisson(random), spare > 0 ? 0 : 1), left);
        lengths.add(length);
        left -= length;
        spare -= length == 0 ? 1 : 0;
      }
      return lengths;
    }

    /** By multiplying uniform numbers (Knuth, 1969). */
    private int poisson(Random random) {
      double limit = Math.exp(-meanLength);
      int count = 0;
      for (double product = random.nextDouble(); product > limit; count++) {
        product *= random.nextDouble();
      }
      return count;
    }
  }

  /**
   * Sentences change their order.
   *
   * @param end id of the token that ends a sentence
   */
  record SentencePermutation(int end) implements Denoising {
    @Override
    public int[] spoil(int[] ids, Random random) {
      List<int[]> sentences = new ArrayList<>();
      int from = 0;
      for (int i = 0; i < ids.length; i++) {
        if (ids[i] == end || i == ids.length - 1) {
          sentences.add(Arrays.copyOfRange(ids, from, i + 1));
          from = i + 1;
        }
      }
      Collections.shuffle(sentences, random);
      return sentences.stream().flatMapToInt(Arrays::stream).toArray();
    }
  }

  /** The text begins at some token, and what stood before it comes last. */
  record Rotation() implements Denoising {
    @Override
    public int[] spoil(int[] ids, Random random) {
      int start = ids.length == 0 ? 0 : random.nextInt(ids.length);
      return IntStream.range(0, ids.length).map(i -> ids[(start + i) % ids.length]).toArray();
    }
  }

  /** One after another. */
  record Several(List<Denoising> noises) implements Denoising {
    public Several {
      noises = List.copyOf(noises);
    }

    @Override
    public int[] spoil(int[] ids, Random random) {
      int[] spoilt = ids;
      for (Denoising noise : noises) {
        spoilt = noise.spoil(spoilt, random);
      }
      return spoilt;
    }
  }
}
