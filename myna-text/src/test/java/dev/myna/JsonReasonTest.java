package dev.myna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class JsonReasonTest {
  private static JacksonException reading(String text) {
    return catchThrowableOfType(JacksonException.class, () -> JsonMapper.shared().readTree(text));
  }

  @Test
  void saysThePlaceAndNoSource() {
    assertThat(JsonReason.of(reading("{\n  \"a\": [1\n")))
        .isEqualTo("line 3, column 1: Unexpected end-of-input: expected close marker for Array");
  }

  @Test
  void wordsAreWithoutThePlace() {
    assertThat(JsonReason.words(reading("{\"a\": nil}")))
        .startsWith("Unrecognized token 'nil'")
        .doesNotContain("line", "\n");
  }
}
