package dev.myna.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reference outputs of Hugging Face Tokenizers are met to the last id and offset. */
class ParityTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytelevel_bpe",
        "llama3_bpe",
        "metaspace_bpe",
        "roberta_bpe",
        "unigram",
        "wordlevel",
        "wordpiece"
      })
  void agreesWithTheReference(String name) throws URISyntaxException {
    Path folder = Path.of(ParityTest.class.getResource("parity/" + name).toURI());
    Tokenizer tokenizer = Tokenizer.load(folder);
    JsonNode reference = JsonMapper.builder().build().readTree(folder.resolve("reference.json"));

    for (JsonNode testCase : reference.get("cases")) {
      String text = testCase.get("text").stringValue();
      Encoding encoding = tokenizer.encode(text, testCase.get("add_special_tokens").booleanValue());
      assertThat(ints(testCase.get("ids"))).as(text).isEqualTo(encoding.ids());
      assertThat(tokenizer.decode(encoding.ids())).isEqualTo(testCase.get("decoded").stringValue());
      int[] starts = encoding.starts(OffsetUnit.CODE_POINT);
      int[] ends = encoding.ends(OffsetUnit.CODE_POINT);
      for (int i = 0; i < encoding.size(); i++) {
        JsonNode range = testCase.get("offsets").get(i);
        assertThat(encoding.tokens().get(i)).isEqualTo(testCase.get("tokens").get(i).stringValue());
        assertThat(new int[] {starts[i], ends[i]}).as("%s[%d]", text, i).isEqualTo(ints(range));
      }
    }
  }

  private static int[] ints(JsonNode list) {
    int[] ints = new int[list.size()];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = list.get(i).intValue();
    }
    return ints;
  }
}
