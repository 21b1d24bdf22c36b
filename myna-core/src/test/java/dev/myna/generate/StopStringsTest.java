package dev.myna.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class StopStringsTest {
  @Test
  void holdsBackWhatCouldBecomeAStop() {
    StopStrings stops = new StopStrings(List.of("\n\nUser:"));
    assertThat(stops.add("Hello\n")).isEqualTo("Hello");
    assertThat(stops.add("\nUs")).isEmpty();
    assertThat(stops.add("ual")).isEqualTo("\n\nUsual");
    assertThat(stops.add("\n\nUser: x")).isEmpty();
    assertThat(stops.stopped()).isTrue();
    assertThat(stops.add("more")).isEmpty();
    assertThat(stops.finish()).isEmpty();
  }

  @Test
  void givesBackWhatWasHeldInVain() {
    StopStrings stops = new StopStrings(List.of("STOP"));
    assertThat(stops.add("aST")).isEqualTo("a");
    assertThat(stops.finish()).isEqualTo("ST");
    assertThat(stops.stopped()).isFalse();
  }

  @Test
  void aStopInsideAnotherEndsTheText() {
    StopStrings stops = new StopStrings(List.of("abc", "b"));
    assertThat(stops.add("xab")).isEqualTo("xa");
    assertThat(stops.stopped()).isTrue();
  }

  @Test
  void refusesAnEmptyStop() {
    assertThatThrownBy(() -> new StopStrings(List.of("")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must not be empty");
  }

  @Property
  void theCutDoesNotDependOnThePieces(
      @ForAll("words") String text,
      @ForAll("stops") List<String> stops,
      @ForAll("sizes") List<Integer> sizes) {
    StopStrings pieces = new StopStrings(stops);
    StringBuilder said = new StringBuilder();
    int at = 0;
    for (int i = 0; at < text.length(); i++) {
      int to = Math.min(text.length(), at + sizes.get(i % sizes.size()));
      said.append(pieces.add(text.substring(at, to)));
      at = to;
      String soFar = said.toString();
      assertThat(text).startsWith(soFar);
      assertThat(stops).noneMatch(soFar::contains);
    }
    said.append(pieces.finish());

    int end = text.length();
    int cut = text.length();
    for (String stop : stops) {
      int found = text.indexOf(stop);
      int foundEnd = found + stop.length();
      if (found >= 0 && (foundEnd < end || (foundEnd == end && found < cut))) {
        end = foundEnd;
        cut = found;
      }
    }
    assertThat(said.toString()).isEqualTo(text.substring(0, cut));
    assertThat(pieces.stopped()).isEqualTo(stops.stream().anyMatch(text::contains));
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.strings().withChars('a', 'b', 'c').ofMaxLength(30);
  }

  @Provide
  Arbitrary<List<String>> stops() {
    return Arbitraries.strings()
        .withChars('a', 'b', 'c')
        .ofMinLength(1)
        .ofMaxLength(5)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  @Provide
  Arbitrary<List<Integer>> sizes() {
    return Arbitraries.integers().between(1, 6).list().ofMinSize(1).ofMaxSize(5);
  }
}
