package dev.myna.text.train;

import dev.myna.text.normalize.AlignedText;
import dev.myna.text.normalize.ByteLevelNormalizer;
import dev.myna.text.normalize.Normalizer;
import dev.myna.text.split.ByteLevelSplit;
import dev.myna.text.split.Gpt2Scanner;
import dev.myna.text.split.PatternSplit;
import dev.myna.text.split.PreTokenizer;
import dev.myna.text.split.Scanner;
import dev.myna.text.split.Scanners;
import dev.myna.text.split.SplitSequence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts texts as a tokenizer would and counts the pieces. One per thread. */
sealed interface PieceCounter permits CuttingCounter, PieceCounter.Pipeline, PieceCounter.Scanned {

  /** Counts the pieces of one text. */
  void count(String text);

  /** What was counted, as the pre-tokenizer writes it; the counter is not used any more. */
  WordCounts counts();

  /** The fastest counter for these stages. */
  static PieceCounter of(@Nullable Normalizer normalizer, @Nullable PreTokenizer preTokenizer) {
    Scanner scanner = normalizer == null ? byteScanner(preTokenizer) : null;
    return scanner == null
        ? new Pipeline(normalizer, preTokenizer)
        : new Scanned(scanner, prefixesSpace(preTokenizer));
  }

  /** The scanner of a pre-tokenizer that only cuts and then writes pieces in the byte alphabet. */
  private static @Nullable Scanner byteScanner(@Nullable PreTokenizer preTokenizer) {
    if (preTokenizer instanceof ByteLevelSplit split && split.useRegex()) {
      return Scanners.of(Gpt2Scanner.PATTERN);
    }
    if (preTokenizer instanceof SplitSequence(List<PreTokenizer> splits)
        && splits.size() == 2
        && splits.get(0) instanceof PatternSplit pattern
        && splits.get(1) instanceof ByteLevelSplit bytes
        && !bytes.useRegex()
        && !bytes.addPrefixSpace()) {
      return pattern.scanner();
    }
    return null;
  }

  private static boolean prefixesSpace(@Nullable PreTokenizer preTokenizer) {
    return preTokenizer instanceof ByteLevelSplit split && split.addPrefixSpace();
  }

  /** Counts slices of the text as it stands, and writes each different one in bytes at the end. */
  final class Scanned implements PieceCounter {
    private final Scanner scanner;
    private final boolean prefixSpace;
    private final WordCounts counts = new WordCounts();
    private char[] chars = new char[1 << 12];

    Scanned(Scanner scanner, boolean prefixSpace) {
      this.scanner = scanner;
      this.prefixSpace = prefixSpace;
    }

    @Override
    public void count(String text) {
      if (text.length() >= chars.length) {
        chars = new char[text.length() + (text.length() >> 2) + 1];
      }
      int begin = prefixSpace && !text.isEmpty() && text.charAt(0) != ' ' ? 1 : 0;
      chars[0] = ' ';
      text.getChars(0, text.length(), chars, begin);
      int length = begin + text.length();
      for (int from = 0; from < length; ) {
        int end = scanner.next(chars, from, length);
        counts.add(chars, from, end, 1);
        from = end;
      }
    }

    @Override
    public WordCounts counts() {
      WordCounts written = new WordCounts();
      for (int i = 0; i < counts.size(); i++) {
        AlignedText piece = new AlignedText(counts.word(i));
        ByteLevelNormalizer.toBytes(piece);
        written.add(piece.array(), 0, piece.length(), counts.count(i));
      }
      return written;
    }
  }

  /** Counts what the stages make of the text. */
  final class Pipeline implements PieceCounter {
    private final @Nullable Normalizer normalizer;
    private final @Nullable PreTokenizer preTokenizer;
    private final WordCounts counts = new WordCounts();
    private final List<AlignedText> pieces = new ArrayList<>();

    Pipeline(@Nullable Normalizer normalizer, @Nullable PreTokenizer preTokenizer) {
      this.normalizer = normalizer;
      this.preTokenizer = preTokenizer;
    }

    @Override
    public void count(String text) {
      AlignedText aligned = new AlignedText(text);
      if (normalizer != null) {
        normalizer.normalize(aligned);
      }
      if (preTokenizer != null) {
        preTokenizer.split(aligned, pieces);
      } else {
        pieces.add(aligned);
      }
      for (AlignedText piece : pieces) {
        if (piece.length() > 0) {
          counts.add(piece.array(), 0, piece.length(), 1);
        }
      }
      pieces.clear();
    }

    @Override
    public WordCounts counts() {
      return counts;
    }
  }
}
