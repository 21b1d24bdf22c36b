package dev.myna;

import static org.assertj.core.api.Assertions.assertThatNoException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ProgressTest {
  @Test
  void noneHearsNothing() {
    assertThatNoException().isThrownBy(() -> Progress.NONE.at("reading", 1, -1));
  }

  @Property
  void anyNumbers(@ForAll long done, @ForAll long total) {
    Progress.NONE.at("x", done, total);
  }
}
