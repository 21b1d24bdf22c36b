package dev.myna.text.vectors;

/** What a word is to be told by: output rows, each with the answer 1 or 0. */
interface Targets {
  /** The most rows that {@link #fill} can give. */
  int most();

  /** Output rows that exist. */
  int outputs();

  /**
   * Fills in where the rows of a word start and what they should answer.
   *
   * @param rows offsets into the output matrix
   * @return how many
   */
  int fill(int word, Draws draws, int[] rows, float[] answers);
}
