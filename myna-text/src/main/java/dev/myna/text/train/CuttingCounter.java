package dev.myna.text.train;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Counts what stands between special tokens, each part as a text of its own. */
final class CuttingCounter implements PieceCounter {
  private final Pattern special;
  private final PieceCounter parts;

  /** The longest token is found first where several begin at one place. */
  CuttingCounter(List<String> specialTokens, PieceCounter parts) {
    this.special =
        Pattern.compile(
            specialTokens.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|")));
    this.parts = parts;
  }

  @Override
  public void count(String text) {
    Matcher matcher = special.matcher(text);
    int from = 0;
    while (matcher.find()) {
      parts.count(text.substring(from, matcher.start()));
      from = matcher.end();
    }
    parts.count(from == 0 ? text : text.substring(from));
  }

  @Override
  public WordCounts counts() {
    return parts.counts();
  }
}
