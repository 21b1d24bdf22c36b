package dev.myna.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myna.Progress;
import dev.myna.text.train.TokenizerPreset;
import dev.myna.text.train.VocabularyOptions;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds of tokenizers whatever the text. */
class TokenizerPropertiesTest {
  private static final List<Tokenizer> REFERENCES =
      List.of(
          reference("bytelevel_bpe"),
          reference("llama3_bpe"),
          reference("metaspace_bpe"),
          reference("roberta_bpe"),
          reference("unigram"),
          reference("wordlevel"),
          reference("wordpiece"));
  private static final Map<TokenizerPreset, Tokenizer> LEARNED = learned();

  private static Tokenizer reference(String name) {
    try {
      return Tokenizer.load(
          Path.of(
              Objects.requireNonNull(TokenizerPropertiesTest.class.getResource("parity/" + name))
                  .toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<TokenizerPreset, Tokenizer> learned() {
    List<String> texts =
        List.of(
            "the rain in Spain stays mainly in the plain",
            "съешь же ещё этих мягких французских булок",
            "天地玄黃 宇宙洪荒",
            "don't   stop: 3.14!\n\n");
    VocabularyOptions options =
        VocabularyOptions.ofSize(500).withSpecialTokens("<unk>", "<|endoftext|>", "[UNK]");
    Map<TokenizerPreset, Tokenizer> all = new EnumMap<>(TokenizerPreset.class);
    for (TokenizerPreset preset : TokenizerPreset.values()) {
      all.put(preset, preset.spec(options).learn(texts, 2, Progress.NONE));
    }
    return all;
  }

  private static Tokenizer get(TokenizerPreset preset) {
    return Objects.requireNonNull(LEARNED.get(preset));
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> parts =
        Arbitraries.of(
            "the",
            "rain",
            " ",
            "  ",
            "\n",
            "\t",
            "\u00A0",
            "\u3000",
            "Spain",
            "этих",
            "ещё",
            "天地",
            "宇宙",
            "'t",
            "'LL",
            "3",
            "14",
            "²",
            "é",
            "e\u0301",
            "\u200D",
            "👩‍👩‍👧",
            "🇷🇺",
            "<unk>",
            "<|endoftext|>",
            "<s>",
            "[UNK]",
            "<0x0A>",
            "▁",
            "Ġ",
            "\u0000",
            "\uFEFF",
            ".",
            "!?");
    Arbitrary<String> any =
        Arbitraries.integers()
            .between(0, 0x10FFFF)
            .filter(c -> c < 0xD800 || c > 0xDFFF)
            .map(Character::toString);
    return Arbitraries.frequencyOf(Tuple.of(3, parts), Tuple.of(1, any))
        .list()
        .ofMaxSize(30)
        .map(list -> String.join("", list));
  }

  @Property(tries = 1000)
  void bytesBringEveryTextBack(@ForAll("texts") String text) {
    for (Tokenizer tokenizer : List.of(get(TokenizerPreset.BPE), REFERENCES.getFirst())) {
      assertThat(tokenizer.decode(tokenizer.ids(text), false)).isEqualTo(text);
    }
  }

  @Property(tries = 1000)
  void offsetsTileTheText(@ForAll("texts") String text) {
    for (TokenizerPreset preset : List.of(TokenizerPreset.BPE, TokenizerPreset.METASPACE)) {
      Encoding encoding = get(preset).encode(text, false);
      for (OffsetUnit unit : OffsetUnit.values()) {
        int done = 0;
        for (int i = 0; i < encoding.size(); i++) {
          int start = encoding.starts(unit)[i];
          int end = encoding.ends(unit)[i];
          assertThat(start).as("%s %s token %d of '%s'", preset, unit, i, text).isBetween(0, done);
          assertThat(end).isGreaterThanOrEqualTo(done);
          done = end;
        }
        assertThat(done).isEqualTo(length(text, unit));
      }
    }
  }

  private static int length(String text, OffsetUnit unit) {
    return switch (unit) {
      case UTF16 -> text.length();
      case CODE_POINT -> text.codePointCount(0, text.length());
      case BYTE -> text.getBytes(StandardCharsets.UTF_8).length;
    };
  }

  @Property(tries = 300)
  void offsetsLieInOrderWithinTheText(@ForAll("texts") String text) {
    for (Tokenizer tokenizer : REFERENCES) {
      Encoding encoding = tokenizer.encode(text, false);
      int before = 0;
      for (int i = 0; i < encoding.size(); i++) {
        int start = encoding.starts(OffsetUnit.UTF16)[i];
        assertThat(start).isGreaterThanOrEqualTo(before);
        assertThat(encoding.ends(OffsetUnit.UTF16)[i]).isBetween(start, text.length());
        before = start;
      }
      assertThat(encoding.ids()).isEqualTo(tokenizer.ids(text));
    }
  }

  @Property(tries = 100)
  void manyTextsAreAsOneByOne(@ForAll List<@net.jqwik.api.From("texts") String> texts) {
    for (Tokenizer tokenizer : REFERENCES) {
      List<Encoding> alone = texts.stream().map(tokenizer::encode).toList();

      assertThat(tokenizer.encodeAll(texts, true)).isEqualTo(alone);
      assertThat(tokenizer.idsOfAll(texts))
          .containsExactlyElementsOf(texts.stream().map(tokenizer::ids).toList());
    }
  }

  @Property(tries = 300)
  void aStreamSaysWhatDecodingSays(@ForAll("texts") String text) {
    for (Tokenizer tokenizer : List.of(get(TokenizerPreset.BPE), REFERENCES.getFirst())) {
      int[] ids = tokenizer.ids(text);
      TokenStream stream = tokenizer.stream();
      StringBuilder said = new StringBuilder();
      for (int id : ids) {
        said.append(stream.next(id));
      }
      said.append(stream.finish());
      assertThat(said.toString()).isEqualTo(tokenizer.decode(ids));
    }
  }
}
