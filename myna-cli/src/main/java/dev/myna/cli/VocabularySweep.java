package dev.myna.cli;

import com.google.errorprone.annotations.MustBeClosed;
import dev.myna.Progress;
import dev.myna.chart.Chart;
import dev.myna.chart.ChartPage;
import dev.myna.text.corpus.Corpus;
import dev.myna.text.corpus.CorpusException;
import dev.myna.text.train.TokenizerStatistics;
import dev.myna.text.train.VocabularyOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Vocabularies of several sizes, learned from a part of a text and measured on the rest. */
final class VocabularySweep {
  private static final int PARTS = 10; // one of them is held out
  private static final Pattern LINE_ENDS = Pattern.compile("(?<=\n)");

  private VocabularySweep() {}

  static Map<String, TokenizerStatistics> run(
      Corpus corpus, String kind, List<Integer> sizes, Progress progress) {
    for (int size : sizes) {
      if (size < 1) {
        throw new CorpusException("sizes to sweep must be at least 1, but one is " + size);
      }
    }
    VocabularyOptions options = VocabularyOptions.ofSize(Integer.MAX_VALUE).withMinimumFrequency(2);
    List<String> heldOut = new ArrayList<>();
    List<TokenizerStatistics> all;
    try (Stream<String> training = part(corpus, false);
        Stream<String> rest = part(corpus, true)) {
      rest.forEach(heldOut::add);
      if (heldOut.isEmpty()) {
        throw new CorpusException(
            "a sweep needs texts of at least %d lines, one of %d is held out"
                .formatted(PARTS, PARTS));
      }
      all =
          TokenizerStatistics.sweep(
              TokenizerKinds.preset(kind).spec(options),
              training::iterator,
              heldOut,
              sizes,
              Runtime.getRuntime().availableProcessors(),
              progress);
    }
    Map<String, TokenizerStatistics> named = new LinkedHashMap<>();
    for (int i = 0; i < sizes.size(); i++) {
      named.put("%s %,d".formatted(kind, sizes.get(i)), all.get(i));
    }
    return named;
  }

  /** The text line by line, each with the line break that ends it. */
  @MustBeClosed
  static Stream<String> lines(Corpus corpus) {
    return corpus.texts().flatMap(text -> Stream.of(LINE_ENDS.split(text)));
  }

  @MustBeClosed
  private static Stream<String> part(Corpus corpus, boolean heldOut) {
    AtomicLong number = new AtomicLong();
    return lines(corpus).filter(text -> (number.getAndIncrement() % PARTS == PARTS - 1) == heldOut);
  }

  /** Tokens per byte over the size of the vocabulary, and how much of it is used. */
  static ChartPage page(String kind, Collection<TokenizerStatistics> all) {
    double[] sizes = all.stream().mapToDouble(TokenizerStatistics::vocabulary).toArray();
    double[] perByte = all.stream().mapToDouble(TokenizerStatistics::tokensPerByte).toArray();
    double[] used = all.stream().mapToDouble(s -> 100 * s.vocabularyShare()).toArray();
    List<List<String>> rows =
        all.stream()
            .map(
                s ->
                    List.of(
                        String.format(Locale.ROOT, "%,d", s.vocabulary()),
                        String.format(Locale.ROOT, "%.4f", s.tokensPerByte()),
                        String.format(Locale.ROOT, "%.3f", s.tokensPerWord()),
                        String.format(Locale.ROOT, "%.1f %%", 100 * s.vocabularyShare())))
            .toList();
    Chart.Axis size = Chart.Axis.logarithmic("tokens in the vocabulary");
    return new ChartPage("Vocabulary size: " + kind)
        .text("Learned from nine lines of ten, measured on the tenth.")
        .chart(
            new Chart.Lines(
                "Tokens per byte",
                size,
                Chart.Axis.linear("tokens per byte"),
                List.of(Chart.Series.of(kind, sizes, perByte))))
        .chart(
            new Chart.Lines(
                "Share of the vocabulary that the held-out text uses",
                size,
                Chart.Axis.linear("per cent"),
                List.of(Chart.Series.of(kind, sizes, used))))
        .table(List.of("vocabulary", "tokens per byte", "tokens per word", "used"), rows);
  }
}
