package dev.myna.task;

/**
 * What a vocabulary's tokens are, for the hiding of tokens.
 *
 * @param marks whether a token stands for no text and is never hidden
 * @param pieces whether a token goes on with the word before
 */
public record MaskedWords(boolean[] marks, boolean[] pieces) {
  boolean[] special(int[] ids) {
    return looked(marks, ids);
  }

  boolean[] continues(int[] ids) {
    return looked(pieces, ids);
  }

  private static boolean[] looked(boolean[] table, int[] ids) {
    boolean[] found = new boolean[ids.length];
    for (int i = 0; i < ids.length; i++) {
      found[i] = ids[i] < table.length && table[ids[i]];
    }
    return found;
  }
}
