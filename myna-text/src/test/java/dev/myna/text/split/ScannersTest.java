package dev.myna.text.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myna.text.normalize.Regex;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every hand-written scanner cuts as the regular expression that it stands for. */
class ScannersTest {
  @Property(tries = 3000)
  void equalToTheirExpressions(@ForAll("texts") String text) {
    for (String pattern :
        List.of(
            Gpt2Scanner.PATTERN,
            Cl100kScanner.THREE_DIGITS,
            Cl100kScanner.ONE_DIGIT,
            O200kScanner.PATTERN)) {
      assertThat(scanned(pattern, text)).as(pattern).isEqualTo(matched(pattern, text));
    }
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> parts =
        Arbitraries.of(
            "a", "B", "é", "Ǆ", "ǅ", "ж", "Ж", "的", "ʰ", "\u0301", "\u0903", "1", "²", "٣", "Ⅷ",
            " ", "  ", "\n", "\r", "\t", "\u00A0", "\u3000", "\u0085", "'", "'s", "'LL", "'ſ",
            "'re", "'vE", ".", "/", "!", "-", "$", "😀", "𝔘", "𝔲", "𠮷", "𝟙", "\u200D", "\u0000",
            "_");
    Arbitrary<String> any =
        Arbitraries.integers()
            .between(0, 0x10FFFF)
            .filter(c -> c < 0xD800 || c > 0xDFFF)
            .map(Character::toString);
    return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(9, parts), net.jqwik.api.Tuple.of(1, any))
        .list()
        .ofMaxSize(24)
        .map(list -> String.join("", list));
  }

  private static List<String> scanned(String pattern, String text) {
    Scanner scanner = Objects.requireNonNull(Scanners.of(pattern));
    char[] chars = text.toCharArray();
    List<String> pieces = new ArrayList<>();
    for (int from = 0; from < chars.length; ) {
      int end = scanner.next(chars, from, chars.length);
      pieces.add(text.substring(from, end));
      from = end;
    }
    return pieces;
  }

  private static List<String> matched(String pattern, String text) {
    Matcher matcher = Regex.compile(pattern).matcher(text);
    List<String> pieces = new ArrayList<>();
    while (matcher.find()) {
      pieces.add(matcher.group());
    }
    return pieces;
  }
}
