package dev.myna.text.parity;

import dev.myna.text.Encoding;
import dev.myna.text.OffsetUnit;
import dev.myna.text.Tokenizer;
import dev.myna.text.TokenizerException;
import dev.myna.text.parity.Reference.Case;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether a tokenizer gives what the reference library gave.
 *
 * <p>A folder holds the tokenizer and {@code reference.json}: {@code cases} with {@code text},
 * {@code add_special_tokens}, and the {@code ids}, {@code tokens}, {@code offsets} and {@code
 * decoded} text that are wanted; and {@code pair}, two texts encoded as one.
 *
 * @param folder of the tokenizer
 * @param model the type of its model, {@code BPE} or another
 * @param compared how many texts were compared in each respect: {@code ids}, {@code tokens}, …
 * @param different how many of them differed
 * @param first where and how the first difference of each respect was seen
 */
public record TokenizerParity(
    Path folder,
    String model,
    Map<String, Integer> compared,
    Map<String, Integer> different,
    Map<String, String> first) {

  /** Whether a folder holds a reference for a tokenizer. */
  public static boolean applies(Path folder) {
    return Files.isRegularFile(folder.resolve(Reference.FILE));
  }

  /**
   * Encodes and decodes every text of the reference.
   *
   * @throws TokenizerException where the tokenizer or the reference cannot be read
   */
  public static TokenizerParity of(Path folder) {
    Tokenizer tokenizer = Tokenizer.load(folder);
    Reference reference = Reference.read(folder.resolve(Reference.FILE));
    Comparison comparison = new Comparison();
    for (Case wanted : reference.cases()) {
      comparison.compare(tokenizer, reference.unit(), wanted);
    }
    return new TokenizerParity(
        folder,
        tokenizer.model().getClass().getSimpleName().toUpperCase(Locale.ROOT),
        comparison.compared,
        comparison.different,
        comparison.first);
  }

  /** Whether nothing differed. */
  public boolean equal() {
    return different.isEmpty();
  }

  /** Counts in the making. */
  private static final class Comparison {
    private final Map<String, Integer> compared = new LinkedHashMap<>();
    private final Map<String, Integer> different = new LinkedHashMap<>();
    private final Map<String, String> first = new LinkedHashMap<>();

    private void compare(Tokenizer tokenizer, OffsetUnit unit, Case wanted) {
      Encoding found = encode(tokenizer, wanted);
      boolean pair = wanted.second().isPresent();
      wanted
          .ids()
          .ifPresent(ids -> check(pair ? "pair ids" : "ids", wanted, ids, list(found.ids())));
      wanted.tokens().ifPresent(tokens -> check("tokens", wanted, tokens, found.tokens()));
      wanted
          .offsets()
          .ifPresent(offsets -> check("offsets", wanted, offsets, offsets(found, unit)));
      wanted.typeIds().ifPresent(ids -> check("type ids", wanted, ids, list(found.typeIds())));
      // Decoded are the reference's ids, so that a difference in ids is counted once.
      wanted
          .decoded()
          .ifPresent(
              text -> {
                int[] ids =
                    wanted.ids().orElse(list(found.ids())).stream()
                        .mapToInt(Integer::intValue)
                        .toArray();
                check("decoded", wanted, text, decode(tokenizer, ids));
              });
    }

    private static Encoding encode(Tokenizer tokenizer, Case wanted) {
      return wanted.second().isPresent()
          ? tokenizer.encode(wanted.text(), wanted.second().get(), wanted.specialTokens())
          : tokenizer.encode(wanted.text(), wanted.specialTokens());
    }

    /** An id outside the vocabulary is a difference, not the end. */
    private static String decode(Tokenizer tokenizer, int[] ids) {
      try {
        return tokenizer.decode(ids);
      } catch (TokenizerException e) {
        return String.valueOf(e.getMessage());
      }
    }

    private void check(String respect, Case wanted, Object expected, Object found) {
      compared.merge(respect, 1, Integer::sum);
      if (!expected.equals(found)) {
        different.merge(respect, 1, Integer::sum);
        first.putIfAbsent(
            respect,
            "%s of case %d, %s: wanted %s, found %s"
                .formatted(
                    respect,
                    wanted.number(),
                    cut("\"" + wanted.text() + "\""),
                    cut(expected.toString()),
                    cut(found.toString())));
      }
    }
  }

  private static String cut(String text) {
    return text.length() <= 120 ? text : text.substring(0, 120) + "...";
  }

  private static List<Integer> list(int[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static List<List<Integer>> offsets(Encoding encoding, OffsetUnit unit) {
    int[] starts = encoding.starts(unit);
    int[] ends = encoding.ends(unit);
    List<List<Integer>> offsets = new ArrayList<>();
    for (int i = 0; i < starts.length; i++) {
      offsets.add(List.of(starts[i], ends[i]));
    }
    return offsets;
  }
}
