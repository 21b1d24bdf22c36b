package dev.myna.text;

import dev.myna.text.model.Bpe;
import dev.myna.text.model.Segmenter;
import dev.myna.text.model.Tokens;
import dev.myna.text.normalize.AlignedText;
import dev.myna.text.normalize.Normalizer;
import dev.myna.text.split.ByteLevelSplit;
import dev.myna.text.split.PreTokenizer;
import dev.myna.text.split.Scanner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes texts through the first three stages, for one thread at a time: it holds the scratch
 * memory. Byte-level tokenizers without a normalizer go a short way, straight from the characters.
 */
final class Worker {
  private final Tokenizer tokenizer;
  private final AddedVocabulary added;
  private final @Nullable Normalizer normalizer;
  private final @Nullable PreTokenizer preTokenizer;
  private final @Nullable Scanner scanner;
  private final boolean prefixSpace;
  private final Segmenter segmenter;
  private final List<AlignedText> pieces = new ArrayList<>();
  private char[] chars = new char[1024];
  final Tokens tokens;
  private int[] wordEnds = new int[64];
  private int words;

  /**
   * @param withTexts whether tokens need their texts; one worker does either, since it remembers
   *     words
   */
  Worker(Tokenizer tokenizer, AddedVocabulary added, boolean withTexts) {
    this.tokens = new Tokens(withTexts);
    this.tokenizer = tokenizer;
    this.added = added;
    this.normalizer = tokenizer.normalizer().orElse(null);
    this.preTokenizer = tokenizer.preTokenizer().orElse(null);
    ByteLevelSplit.Direct direct =
        preTokenizer == null ? null : ByteLevelSplit.direct(preTokenizer);
    if (normalizer == null && direct != null && tokenizer.model() instanceof Bpe bpe) {
      this.scanner = direct.scanner();
      this.prefixSpace = direct.prefixSpace();
      this.segmenter = bpe.byteLevelSegmenter();
    } else {
      this.scanner = null;
      this.prefixSpace = false;
      this.segmenter = tokenizer.model().segmenter();
    }
  }

  /** Fills {@link #tokens} with the tokens of a text; places are chars of the text. */
  void run(String text, InvalidText policy) {
    int length = text.length();
    if (chars.length < length) {
      chars = new char[Math.max(length, chars.length * 2)];
    }
    text.getChars(0, length, chars, 0);
    checkSurrogates(length, policy);
    tokens.truncate(0);
    words = 0;
    AddedVocabulary.Matches matches = added.findRaw(chars, 0, length);
    int done = 0;
    for (int i = 0; i < matches.size(); i++) {
      section(done, matches.start(i));
      addRaw(matches, i);
      done = matches.end(i);
    }
    section(done, length);
  }

  private void addMatch(
      int id, char[] text, int start, int end, int originalStart, int originalEnd) {
    String surface = new String(text, start, end - start);
    if (surface.equals(tokenizer.surface(id))) {
      tokens.add(id, originalStart, originalEnd);
    } else {
      tokens.add(id, originalStart, originalEnd, surface);
    }
    endWord();
  }

  private void addRaw(AddedVocabulary.Matches matches, int index) {
    int start = matches.start(index);
    int end = matches.end(index);
    addMatch(matches.id(index), chars, start, end, start, end);
  }

  private void checkSurrogates(int length, InvalidText policy) {
    for (int i = 0; i < length; i++) {
      if (Character.isSurrogate(chars[i])) {
        if (i + 1 < length && Character.isSurrogatePair(chars[i], chars[i + 1])) {
          i++;
        } else if (policy == InvalidText.REPLACE) {
          chars[i] = '\uFFFD';
        } else {
          throw new TokenizerException(
              "well-formed text was wanted, found half a surrogate pair (U+%04X) at char %d;"
                      .formatted((int) chars[i], i)
                  + " replace it or encode with InvalidText.REPLACE");
        }
      }
    }
  }

  private void section(int from, int to) {
    if (from >= to) {
      return;
    }
    if (scanner == null) {
      general(AlignedText.of(chars, from, to));
      return;
    }
    AddedVocabulary.Matches matches = added.findNormalized(chars, from, to);
    int done = from;
    for (int i = 0; i < matches.size(); i++) {
      scan(done, matches.start(i));
      addRaw(matches, i);
      done = matches.end(i);
    }
    scan(done, to);
  }

  private void scan(int from, int to) {
    if (from >= to) {
      return;
    }
    Scanner scan = scanner;
    if (scan == null || prefixSpace && chars[from] != ' ') {
      general(AlignedText.of(chars, from, to));
      return;
    }
    for (int at = from; at < to; ) {
      int end = scan.next(chars, at, to);
      int first = tokens.size();
      segmenter.segment(chars, at, end, tokens);
      tokens.shift(first, at);
      endWord();
      at = end;
    }
  }

  private void general(AlignedText text) {
    if (normalizer != null) {
      normalizer.normalize(text);
    }
    if (!added.hasNormalized()) {
      split(text);
      return;
    }
    AddedVocabulary.Matches matches = added.findNormalized(text.array(), 0, text.length());
    if (matches.size() == 0) {
      split(text);
      return;
    }
    int done = 0;
    for (int i = 0; i < matches.size(); i++) {
      int start = matches.start(i);
      int end = matches.end(i);
      if (start > done) {
        split(text.slice(done, start));
      }
      addMatch(matches.id(i), text.array(), start, end, text.startOf(start), text.endOf(end - 1));
      done = end;
    }
    if (done < text.length()) {
      split(text.slice(done, text.length()));
    }
  }

  private void split(AlignedText text) {
    if (text.length() == 0) {
      return;
    }
    if (preTokenizer == null) {
      segment(text);
      return;
    }
    pieces.clear();
    preTokenizer.split(text, pieces);
    for (AlignedText piece : pieces) {
      segment(piece);
    }
    pieces.clear();
  }

  private void segment(AlignedText piece) {
    if (piece.length() == 0) {
      return;
    }
    int first = tokens.size();
    segmenterOfPieces().segment(piece.array(), 0, piece.length(), tokens);
    for (int i = first; i < tokens.size(); i++) {
      int start = Math.min(tokens.start(i), piece.length() - 1);
      int end = Math.max(tokens.end(i), 1);
      tokens.place(i, piece.startOf(start), piece.endOf(end - 1));
    }
    endWord();
  }

  private @Nullable Segmenter pieceSegmenter;

  private Segmenter segmenterOfPieces() {
    if (scanner == null) {
      return segmenter;
    }
    if (pieceSegmenter == null) {
      pieceSegmenter = tokenizer.model().segmenter();
    }
    return pieceSegmenter;
  }

  private void endWord() {
    if (words == wordEnds.length) {
      wordEnds = Arrays.copyOf(wordEnds, words * 2);
    }
    wordEnds[words++] = tokens.size();
  }

  /** The word that each token is of. */
  int[] wordIds() {
    int[] ids = new int[tokens.size()];
    int token = 0;
    for (int word = 0; word < words; word++) {
      while (token < wordEnds[word]) {
        ids[token++] = word;
      }
    }
    return ids;
  }

  /** Gives back memory that one very long text took. */
  void trim() {
    if (chars.length > 1 << 20) {
      chars = new char[1024];
    }
    tokens.trim();
    if (wordEnds.length > 1 << 20) {
      wordEnds = new int[64];
    }
  }
}
