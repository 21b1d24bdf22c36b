package dev.myna.text.model;

import dev.myna.text.TokenizerException;
import java.util.List;

/**
 * Byte-pair encoding (Sennrich et al., 2016): a piece begins as its characters, and the merges join
 * them. Over the byte alphabet it is GPT-2's byte-level BPE; without merges, a character tokenizer.
 */
public final class Bpe implements Model {
  private final Vocabulary vocabulary;
  private final List<Merge> merges;
  private final BpeOptions options;
  private final MergeTable table;
  private final int unknown;

  public Bpe(Vocabulary vocabulary, List<Merge> merges, BpeOptions options) {
    this.vocabulary = vocabulary;
    this.merges = List.copyOf(merges);
    this.options = options;
    this.unknown = options.unknown() == null ? -1 : vocabulary.id(options.unknown());
    this.table = new MergeTable(merges.size());
    String prefix = options.continuingSubwordPrefix();
    int prefixLength = prefix == null ? 0 : prefix.length();
    int rank = 0;
    for (Merge merge : this.merges) {
      int left = known(merge.left(), merge, rank);
      int right = known(merge.right(), merge, rank);
      String tail = merge.right();
      String joined = merge.left() + tail.substring(Math.min(prefixLength, tail.length()));
      table.put(left, right, rank, known(joined, merge, rank));
      rank++;
    }
  }

  private int known(String token, Merge merge, int rank) {
    int id = vocabulary.id(token);
    if (id < 0) {
      throw new TokenizerException(
          "merge %d joins \"%s\" and \"%s\", but the vocabulary has no \"%s\""
              .formatted(rank, merge.left(), merge.right(), token));
    }
    return id;
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** The merges, first rank first. */
  public List<Merge> merges() {
    return merges;
  }

  public BpeOptions options() {
    return options;
  }

  MergeTable table() {
    return table;
  }

  /** The id of the unknown token, or -1 where there is none. */
  int unknownId() {
    return unknown;
  }

  @Override
  public Segmenter segmenter() {
    Segmenter segmenter = new BpeSegmenter(this);
    return random() ? segmenter : WordCache.before(segmenter);
  }

  /**
   * A worker for pieces of plain text whose bytes this model's tokens spell: it does what a
   * byte-level pre-tokenizer and {@link #segmenter} would do, at once.
   */
  public Segmenter byteLevelSegmenter() {
    Segmenter segmenter = new ByteLevelSegmenter(this);
    return random() ? segmenter : WordCache.before(segmenter);
  }

  private boolean random() {
    Float dropout = options.dropout();
    return dropout != null && dropout > 0;
  }
}
