package dev.myna.text.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The linear way ends where merging by rank ends. */
class LongestMatchesTest {
  private static final int TABLES = 2000;

  @Test
  void learnedMergesAgreeWithTheHeap() {
    int compared = 0;
    for (int seed = 0; seed < TABLES; seed++) {
      compared += agree(randomMerges(new Random(seed), false), seed);
    }
    assertThat(compared).isGreaterThan(TABLES * 9 / 10);
  }

  @Test
  void everySplitOfEveryTokenAgreesWithTheHeap() {
    int compared = 0;
    for (int seed = 0; seed < TABLES; seed++) {
      compared += agree(splits(randomMerges(new Random(seed), false)), seed);
    }
    assertThat(compared).isGreaterThan(TABLES / 2);
  }

  @Test
  void mergesInAnyOrderAgreeOrAreLeftToTheHeap() {
    int compared = 0;
    for (int seed = 0; seed < TABLES; seed++) {
      compared += agree(randomMerges(new Random(seed), true), seed);
    }
    assertThat(compared).isBetween(TABLES / 20, TABLES);
  }

  @Test
  void mergesInCirclesAreLeftToTheHeap() {
    BpeOptions options =
        new BpeOptions(null, null, "##", null, false, false, false); // "a" and "##" make "a"
    Bpe bpe = new Bpe(Vocabulary.of(List.of("a", "##")), List.of(new Merge("a", "##")), options);
    assertThat(LongestMatches.of(bpe.table())).isNull();
  }

  @Test
  void aLongPieceIsWhatItsPartsAre() {
    Bpe bpe = bpe(List.of(new Merge("a", "a"), new Merge("aa", "b"), new Merge("aab", "aab")));
    String part = "aabaabc"; // nothing joins with c
    Tokens tokens = new Tokens();
    bpe.segmenter().segment(part.repeat(5000).toCharArray(), 0, part.length() * 5000, tokens);
    assertThat(tokens.size()).isEqualTo(10_000);
    assertThat(tokens.start(9_998)).isEqualTo(4_999 * part.length());
    assertThat(bpe.vocabulary().token(tokens.id(9_998))).isEqualTo("aabaab");
    assertThat(bpe.vocabulary().token(tokens.id(9_999))).isEqualTo("c");
  }

  /** 1 where the linear way was there to compare, else 0. */
  private static int agree(List<Merge> merges, int seed) {
    Bpe bpe = bpe(merges);
    LongestMatches matches = LongestMatches.of(bpe.table());
    if (matches == null) {
      return 0;
    }
    Random random = new Random(seed);
    int[] symbols = random.ints(1 + random.nextInt(200), 0, 3).toArray();
    Merger merger = new Merger(bpe.table());
    for (int symbol : symbols) {
      merger.add(symbol, 1);
    }
    merger.merge(0, random);
    List<String> wanted = new ArrayList<>();
    for (int i = 0; i < merger.size(); i++) {
      wanted.add(String.valueOf(bpe.vocabulary().token(merger.id(i))));
    }
    int[] found = Objects.requireNonNull(matches.tokens(symbols, symbols.length));
    List<String> tokens = new ArrayList<>();
    for (int at = 0, i = 0; at < symbols.length; at += matches.size(found[i++])) {
      tokens.add(String.valueOf(bpe.vocabulary().token(found[i])));
    }
    assertThat(tokens).as("seed %d, merges %s", seed, merges).isEqualTo(wanted);
    return 1;
  }

  private static Bpe bpe(List<Merge> merges) {
    Set<String> tokens = new LinkedHashSet<>(List.of("a", "b", "c"));
    merges.forEach(merge -> tokens.add(merge.left() + merge.right()));
    return new Bpe(Vocabulary.of(List.copyOf(tokens)), merges, BpeOptions.PLAIN);
  }

  /** Merges of tokens that earlier merges made, each token made once. */
  private static List<Merge> randomMerges(Random random, boolean shuffled) {
    List<String> tokens = new ArrayList<>(List.of("a", "b", "c"));
    List<Merge> merges = new ArrayList<>();
    int wanted = 1 + random.nextInt(30);
    while (merges.size() < wanted) {
      String left = tokens.get(random.nextInt(tokens.size()));
      String right = tokens.get(random.nextInt(tokens.size()));
      if (!tokens.contains(left + right) && left.length() + right.length() <= 12) {
        tokens.add(left + right);
        merges.add(new Merge(left, right));
      }
    }
    if (shuffled) {
      Collections.shuffle(merges, random);
    }
    return merges;
  }

  /** Every way to put the tokens together from two others, as for vocabularies of ranks. */
  private static List<Merge> splits(List<Merge> merges) {
    Set<String> tokens = new LinkedHashSet<>(Arrays.asList("a", "b", "c"));
    merges.forEach(merge -> tokens.add(merge.left() + merge.right()));
    List<Merge> splits = new ArrayList<>();
    for (String token : tokens) {
      for (int at = 1; at < token.length(); at++) {
        if (tokens.contains(token.substring(0, at)) && tokens.contains(token.substring(at))) {
          splits.add(new Merge(token.substring(0, at), token.substring(at)));
        }
      }
    }
    return splits;
  }
}
