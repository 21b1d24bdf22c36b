package dev.myna.text.vectors;

import java.util.Arrays;

/** Words and vectors as a file gives them, of a number that is not known before. */
final class VectorRows {
  private final WordTable words = new WordTable();
  private final int width;
  private final int stride;
  private float[] data;

  VectorRows(int width) {
    this.width = width;
    stride = Rows.stride(width);
    data = new float[stride * 64];
  }

  /** Keeps a word's vector unless the word is there already. */
  void add(byte[] word, float[] vector) {
    if (words.find(word, 0, word.length, WordTable.hash(word, 0, word.length)) >= 0) {
      return;
    }
    int id = words.add(word);
    long end = (id + 1L) * stride;
    if (end > data.length) {
      long grown = Math.min(Math.max(data.length * 3L / 2, end), Integer.MAX_VALUE - 16);
      if (end > grown) {
        throw new VectorsException(
            "at most %,d words of %,d dimensions fit, and the file has more; cut it to its first lines"
                .formatted(id, width));
      }
      data = Arrays.copyOf(data, (int) grown);
    }
    System.arraycopy(vector, 0, data, id * stride, width);
  }

  int size() {
    return words.size();
  }

  WordVectors toVectors() {
    var rows = new Rows(words.size(), width, data);
    return new WordVectors(new Vocabulary(words, new long[words.size()]), rows);
  }
}
