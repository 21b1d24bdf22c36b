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
   * Spans become one mask token each, also spans of nothing.
   *
   * @param share of tokens that are covered, about
   * @param meanLength λ of the lengths, which are Poisson-distributed
   */
  record TextInfilling(double share, double meanLength, int maskToken) implements Denoising {
    @Override
    public int[] spoil(int[] ids, Random random) {
      int wanted = (int) Math.round(share * ids.length);
      int[] covered = new int[ids.length]; // number of the span that covers a token, from 1
      List<Integer> insertions = new ArrayList<>();
      for (int span = 1; wanted > 0 && span <= ids.length; span++) {
        int length = Math.min(poisson(random), wanted);
        int start = random.nextInt(ids.length - length + 1);
        if (length == 0) {
          insertions.add(start);
        }
        for (int i = start; i < start + length; i++) {
          wanted -= covered[i] == 0 ? 1 : 0;
          covered[i] = covered[i] == 0 ? span : covered[i];
        }
        wanted -= length == 0 ? 1 : 0; // or spans of nothing would never end
      }
      return written(ids, covered, insertions);
    }

    private int[] written(int[] ids, int[] covered, List<Integer> insertions) {
      IntStream.Builder spoilt = IntStream.builder();
      for (int i = 0; i <= ids.length; i++) {
        int here = i;
        insertions.stream().filter(place -> place == here).forEach(place -> spoilt.add(maskToken));
        if (i < ids.length && covered[i] == 0) {
          spoilt.add(ids[i]);
        } else if (i < ids.length && (i == 0 || covered[i] != covered[i - 1])) {
          spoilt.add(maskToken);
        }
      }
      return spoilt.build().toArray();
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
