package dev.myna.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.tensor.CheckpointException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Heads of families are those that Transformers has classes for: what is written loads there. */
class HeadsTest {
  private static final String LANGUAGE =
      "LMHeadModel ForCausalLM MTModel ForConditionalGeneration ForMaskedLM";

  private static Shape shape(String family, String head) {
    return Shape.of(family, 31, 16, 1, 2, 8).with(Choice.HEAD, head).with(Choice.PADDING, 0);
  }

  /** By {@code hasattr(transformers, …)} of version 5.18, and what Myna has of them. */
  @ParameterizedTest
  @CsvSource({
    "openai-gpt, OpenAIGPT, LMHeadModel Model ForSequenceClassification",
    "gpt2, GPT2, LMHeadModel Model ForSequenceClassification ForTokenClassification"
        + " ForQuestionAnswering",
    "llama, Llama, ForCausalLM Model ForSequenceClassification ForTokenClassification"
        + " ForQuestionAnswering",
    "mistral, Mistral, ForCausalLM Model ForSequenceClassification ForTokenClassification"
        + " ForQuestionAnswering",
    "mixtral, Mixtral, ForCausalLM Model ForSequenceClassification ForTokenClassification"
        + " ForQuestionAnswering",
    "qwen2, Qwen2, ForCausalLM Model ForSequenceClassification ForTokenClassification"
        + " ForQuestionAnswering",
    "qwen3, Qwen3, ForCausalLM Model ForSequenceClassification ForTokenClassification"
        + " ForQuestionAnswering",
    "gemma, Gemma, ForCausalLM Model ForSequenceClassification ForTokenClassification",
    "gemma2, Gemma2, ForCausalLM Model ForSequenceClassification ForTokenClassification",
    "bert, Bert, ForMaskedLM ForPreTraining ForNextSentencePrediction Model"
        + " ForSequenceClassification ForTokenClassification ForQuestionAnswering",
    "roberta, Roberta, ForMaskedLM Model ForSequenceClassification ForTokenClassification"
        + " ForQuestionAnswering",
    "distilbert, DistilBert, ForMaskedLM Model ForSequenceClassification ForTokenClassification"
        + " ForQuestionAnswering",
    "t5, T5, ForConditionalGeneration Model EncoderModel ForSequenceClassification"
        + " ForQuestionAnswering",
    "bart, Bart, ForConditionalGeneration Model ForSequenceClassification ForQuestionAnswering",
    "marian, Marian, MTModel Model",
    "transformer, Marian, MTModel Model"
  })
  void aFamilyHasTheHeadsOfTransformersAndNoOther(String family, String prefix, String heads) {
    List<String> there = List.of(heads.split(" "));
    for (String head : there) {
      var config = Families.config(shape(family, head));
      assertThat(config.path("architectures").path(0).asString("")).isEqualTo(prefix + head);
      assertThat(Families.spec(config).vocabulary()).isEqualTo(31);
    }
    String all = heads + " " + LANGUAGE + " ForPreTraining ForNextSentencePrediction EncoderModel";
    for (String head : (all + " ForTokenClassification ForQuestionAnswering").split(" ")) {
      if (there.contains(head)) {
        continue;
      }
      assertThatThrownBy(() -> Families.config(shape(family, head)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(family + " has no head " + head + ", it has [" + there.get(0));
      var config = Families.config(shape(family, there.get(0)));
      config.putArray("architectures").add(prefix + head);
      assertThatThrownBy(() -> Families.spec(config))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("architectures must be one of [" + there.get(0))
          .hasMessageContaining("found " + head);
    }
  }

  @Test
  void aStartWithAHeadThatTheFamilyHasNotIsRefused(@TempDir Path folder) {
    Pretrained.create(shape("marian", "MTModel"), 1).save(folder);

    assertThatThrownBy(
            () -> Pretrained.start(folder, Optional.of("ForSequenceClassification"), 2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "marian has no head ForSequenceClassification, it has [MTModel, Model]; choose another"
                + " family or task");
  }
}
