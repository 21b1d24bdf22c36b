package dev.myna.text.model;

import dev.myna.text.TokenizerException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Runs a {@link Unigram} over pieces: Viterbi, or forward filtering and backward sampling. */
final class UnigramSegmenter implements Segmenter {
  private final Unigram model;
  private final double smoothing;
  private final @Nullable RandomGenerator random;

  /** By the position where a token ends: the score so far, where it starts, its id. */
  private double[] best = new double[64];

  private int[] starts = new int[64];
  private int[] ids = new int[64];

  UnigramSegmenter(Unigram model, double smoothing, @Nullable RandomGenerator random) {
    this.model = model;
    this.smoothing = smoothing;
    this.random = random;
  }

  @Override
  public void segment(char[] text, int from, int to, Tokens out) {
    int length = to - from;
    if (best.length <= length) {
      int capacity = Math.max(length + 1, best.length * 2);
      best = new double[capacity];
      starts = new int[capacity];
      ids = new int[capacity];
    }
    Arrays.fill(starts, 0, length + 1, -1);
    best[0] = 0;
    for (int start = 0; start < length; ) {
      int chars = Utf8.charsAt(text, from + start, to);
      extend(text, from, to, start, chars);
      start += chars;
    }
    emit(text, from, length, out);
    if (best.length > 1 << 20) {
      best = new double[64];
      starts = new int[64];
      ids = new int[64];
    }
  }

  private void extend(char[] text, int from, int to, int start, int chars) {
    CharTrie trie = model.trie();
    boolean single = false;
    int node = 0;
    for (int i = from + start; i < to; i++) {
      node = trie.step(node, text[i]);
      if (node < 0) {
        break;
      }
      int id = trie.id(node);
      if (id >= 0) {
        int end = i + 1 - from;
        offer(start, end, id, model.score(id));
        single |= end - start == chars;
      }
    }
    if (!single) {
      if (model.unknown() < 0) {
        throw new TokenizerException(
            "the character U+%04X is not in the vocabulary, and there is no unknown token"
                .formatted(Character.codePointAt(text, from + start, to)));
      }
      offer(start, start + chars, model.unknown(), model.unknownScore());
    }
  }

  /**
   * Considers a token. In sampling {@code best} holds the log of the summed weights, and the token
   * that ends here is chosen as if from a reservoir, in proportion to its weight.
   */
  private void offer(int start, int end, int id, double score) {
    boolean taken;
    if (random == null) {
      double candidate = best[start] + score;
      taken = starts[end] < 0 || candidate > best[end];
      if (taken) {
        best[end] = candidate;
      }
    } else {
      double candidate = best[start] + smoothing * score;
      double sum = starts[end] < 0 ? candidate : logSum(best[end], candidate);
      taken = random.nextDouble() < Math.exp(candidate - sum);
      best[end] = sum;
    }
    if (taken) {
      starts[end] = start;
      ids[end] = id;
    }
  }

  private static double logSum(double a, double b) {
    double most = Math.max(a, b);
    return most + Math.log(Math.exp(a - most) + Math.exp(b - most));
  }

  /** Walks back from the end, then gives the tokens in order; unknown ones in a row are one. */
  private void emit(char[] text, int from, int length, Tokens out) {
    int end = length;
    int next = -1;
    while (end > 0) {
      int start = starts[end];
      // The list is turned around in place: best's slots are free for the links.
      best[end] = next;
      next = end;
      end = start;
    }
    int start = 0;
    for (int at = next; at >= 0; ) {
      int id = ids[at];
      int stop = at;
      int following = (int) best[at];
      while (id == model.unknown() && following >= 0 && ids[following] == id) {
        stop = following;
        following = (int) best[following];
      }
      if (id == model.unknown()) {
        addUnknown(text, from, start, stop, out);
      } else {
        out.add(id, start, stop);
      }
      start = stop;
      at = following;
    }
  }

  private void addUnknown(char[] text, int from, int start, int end, Tokens out) {
    String surface = new String(text, from + start, end - start);
    int known = model.vocabulary().id(surface);
    if (known >= 0) {
      out.add(known, start, end);
      return;
    }
    if (model.byteFallback() && addBytes(surface, start, end, out)) {
      return;
    }
    out.add(model.unknown(), start, end, surface);
  }

  private boolean addBytes(String surface, int start, int end, Tokens out) {
    byte[] utf8 = surface.getBytes(StandardCharsets.UTF_8);
    for (byte b : utf8) {
      if (model.byteId(b & 0xFF) < 0) {
        return false;
      }
    }
    for (byte b : utf8) {
      out.add(model.byteId(b & 0xFF), start, end);
    }
    return true;
  }
}
