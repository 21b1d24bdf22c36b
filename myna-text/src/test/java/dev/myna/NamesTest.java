package dev.myna;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NamesTest {
  private static final List<String> KNOWN = List.of("train", "tokenizer", "generate", "chat");

  @Test
  void slipsAreForgiven() {
    assertThat(Names.nearest("trian", KNOWN)).contains("train");
    assertThat(Names.nearest("TRAIN", KNOWN)).contains("train");
    assertThat(Names.nearest("tokeniser", KNOWN)).contains("tokenizer");
    assertThat(Names.didYouMean("genrate", KNOWN)).isEqualTo("; did you mean generate?");
  }

  @Test
  void somethingElseIsNotGuessed() {
    assertThat(Names.nearest("frobnicate", KNOWN)).isEmpty();
    assertThat(Names.didYouMean("x".repeat(1_000_000), KNOWN)).isEmpty();
  }

  @Property(tries = 200)
  void aKnownNameIsNearestToItself(@ForAll List<String> names, @ForAll String name) {
    List<String> known = new ArrayList<>(names);
    known.add(name);
    assertThat(Names.nearest(name, known))
        .hasValueSatisfying(found -> assertThat(found).isEqualToIgnoringCase(name));
  }
}
