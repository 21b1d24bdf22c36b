package dev.myna.text.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.BreakIterator;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class GraphemesTest {
  /** Simple chars of every kind, before and after every simple char. */
  private static final String NEIGHBOURS = "a\r\n .é\u00A0©Ѐӿ֏「あン丁鿿！Ａ\u0000\u007F";

  @Test
  void simpleCharsDivideWhereTheTablesSaySo() {
    BreakIterator clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
    int simple = 0;
    for (int c = 0; c <= 0xFFFF; c++) {
      if (!Graphemes.isSimple((char) c)) {
        continue;
      }
      simple++;
      for (char neighbour : NEIGHBOURS.toCharArray()) {
        assertThat(Graphemes.isSimple(neighbour)).isTrue();
        for (String pair : new String[] {"" + (char) c + neighbour, "" + neighbour + (char) c}) {
          clusters.setText(pair);
          assertThat(Graphemes.divides(pair.charAt(0), pair.charAt(1)))
              .as("U+%04X and U+%04X", (int) pair.charAt(0), (int) pair.charAt(1))
              .isEqualTo(clusters.next() == 1);
        }
      }
    }
    assertThat(simple).isGreaterThan(20_000);
    for (char c : "\u0301\u200D\uD83D\u1100\u0E33".toCharArray()) {
      assertThat(Graphemes.isSimple(c)).as("U+%04X", (int) c).isFalse();
    }
  }
}
