package dev.myna.generate;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The text of one row as it grows: tokens to characters, stop strings held back. */
final class TextRow {
  private final @Nullable Detokenizer detokenizer;
  private final StopStrings stops;
  private final StringBuilder text = new StringBuilder();

  /**
   * @param detokenizers null where only tokens are wanted
   * @param prompt what stands before the text: it decides whether a space begins it
   */
  TextRow(@Nullable Supplier<Detokenizer> detokenizers, List<String> stops, int[] prompt) {
    this.detokenizer = detokenizers == null ? null : detokenizers.get();
    this.stops = new StopStrings(stops);
    if (detokenizer != null) {
      for (int token : prompt) {
        var unused = detokenizer.add(token);
      }
    }
  }

  /** Takes a token that is no end token; returns what became certain. */
  String add(int token) {
    return detokenizer == null ? "" : keep(stops.add(detokenizer.add(token)));
  }

  /** Ends the text; returns what was held back. */
  String finish() {
    if (detokenizer == null || stops.stopped()) {
      return "";
    }
    String rest = stops.add(detokenizer.finish());
    return keep(stops.stopped() ? rest : rest + stops.finish());
  }

  boolean stopped() {
    return stops.stopped();
  }

  String text() {
    return text.toString();
  }

  private String keep(String piece) {
    text.append(piece);
    return piece;
  }
}
