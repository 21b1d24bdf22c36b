package dev.myna.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.model.TensorFlowBert.Top;
import dev.myna.tensor.BundleFile;
import dev.myna.tensor.BundleFile.Values;
import dev.myna.tensor.CheckpointException;
import dev.myna.tensor.Random;
import dev.myna.tensor.Scope;
import dev.myna.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFlowBertTest {
  @TempDir Path folder;

  /** A small BERT with both heads, its matrices as TensorFlow has them. */
  private static Pretrained small(String head) {
    Pretrained made =
        Pretrained.create(
            Shape.of("bert", 30, 16, 2, 2, 8)
                .with(Choice.FEED_FORWARD, 12)
                .with(Choice.HEAD, head)
                .withDropout(0.1),
            3);
    try (Scope scope = Scope.open();
        var off = dev.myna.tensor.Gradients.off()) {
      Random random = Random.seeded(4);
      made.model().parameters().values().forEach(p -> p.copy_(random.uniform(p.shape())));
    }
    return made;
  }

  private static Map<String, Values> variables(Pretrained model, String prefix) {
    Map<String, Values> variables = new TreeMap<>();
    Map<String, Tensor> ours = model.model().parameters();
    for (String name : NAMES.split("\\s+")) {
      for (int layer = 0; layer < (name.contains("*") ? 2 : 1); layer++) {
        String theirs = name.replace("*", Integer.toString(layer));
        Tensor weight = ours.get(TensorFlowBert.ours(theirs).orElseThrow());
        if (weight != null) {
          Tensor stored = theirs.endsWith("/kernel") ? weight.transpose(0, 1) : weight;
          variables.put(
              prefix + theirs, new Values(stored.makeContiguous().toFloats(), stored.shape()));
        }
      }
    }
    return variables;
  }

  private static final String NAMES =
      """
      bert/embeddings/word_embeddings bert/embeddings/position_embeddings
      bert/embeddings/token_type_embeddings
      bert/embeddings/LayerNorm/gamma bert/embeddings/LayerNorm/beta
      bert/encoder/layer_*/attention/self/query/kernel bert/encoder/layer_*/attention/self/query/bias
      bert/encoder/layer_*/attention/self/key/kernel bert/encoder/layer_*/attention/self/key/bias
      bert/encoder/layer_*/attention/self/value/kernel bert/encoder/layer_*/attention/self/value/bias
      bert/encoder/layer_*/attention/output/dense/kernel
      bert/encoder/layer_*/attention/output/dense/bias
      bert/encoder/layer_*/attention/output/LayerNorm/gamma
      bert/encoder/layer_*/attention/output/LayerNorm/beta
      bert/encoder/layer_*/intermediate/dense/kernel bert/encoder/layer_*/intermediate/dense/bias
      bert/encoder/layer_*/output/dense/kernel bert/encoder/layer_*/output/dense/bias
      bert/encoder/layer_*/output/LayerNorm/gamma bert/encoder/layer_*/output/LayerNorm/beta
      bert/pooler/dense/kernel bert/pooler/dense/bias
      cls/predictions/transform/dense/kernel cls/predictions/transform/dense/bias
      cls/predictions/transform/LayerNorm/gamma cls/predictions/transform/LayerNorm/beta
      cls/predictions/output_bias
      cls/seq_relationship/output_weights cls/seq_relationship/output_bias\
      """;

  private static void equal(Pretrained read, Pretrained wanted) {
    Map<String, Tensor> all = wanted.model().parameters();
    read.model()
        .parameters()
        .forEach(
            (name, tensor) ->
                assertThat(tensor.toFloats())
                    .as(name)
                    .isEqualTo(Objects.requireNonNull(all.get(name)).toFloats()));
  }

  @Test
  void aCheckpointOfTheAuthorsProgramIsReadWithEachTop() throws IOException {
    Pretrained made = small("ForPreTraining");
    Map<String, Values> variables = variables(made, "");
    variables.put("bert/pooler/dense/bias/adam_m", new Values(new float[8], 8));
    variables.put("global_step", new Values(new float[] {1}));
    Path index = BundleFile.write(folder, "bert_model.ckpt", variables);
    Files.writeString(
        folder.resolve("bert_config.json"),
        "{\"num_attention_heads\": 2, \"hidden_act\": \"gelu\", \"hidden_dropout_prob\": 0.2}");

    assertThat(TensorFlowBert.find(folder)).contains(index);
    assertThat(TensorFlowBert.find(folder.resolve("bert_model.ckpt"))).contains(index);
    for (Top top : Top.values()) {
      Pretrained read = TensorFlowBert.read(index, top);
      equal(read, made);
      assertThat(read.config().path("num_attention_heads").asInt()).isEqualTo(2);
      assertThat(read.config().path("hidden_dropout_prob").asDouble()).isEqualTo(0.2);
      Path copy = folder.resolve("copy");
      read.save(copy);
      equal(Pretrained.load(copy), made);
    }
    assertThat(TensorFlowBert.read(index, Top.PRETRAINING).model().parameters().keySet())
        .isEqualTo(made.model().parameters().keySet());
  }

  @Test
  void aSavedModelHasItsVocabularyAmongItsAssetsAndMayLackAHead() throws IOException {
    Pretrained made = small("ForMaskedLM");
    Path index =
        BundleFile.write(folder.resolve("variables"), "variables", variables(made, "module/"));
    Path vocabulary = folder.resolve("assets/vocab.txt");
    Files.createDirectories(folder.resolve("assets"));
    Files.writeString(vocabulary, "[PAD]\n");

    assertThat(TensorFlowBert.find(folder)).contains(index);
    assertThat(TensorFlowBert.vocabulary(index)).contains(vocabulary);
    equal(TensorFlowBert.read(index, Top.MASKED), made);
    assertThatThrownBy(() -> TensorFlowBert.read(index, Top.POOLER))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("textHead.dense.weight");
  }

  @Test
  void otherCheckpointsAreRefused() throws IOException {
    Path other =
        BundleFile.write(folder, "other", Map.of("lstm/kernel", new Values(new float[2], 2)));
    assertThatThrownBy(() -> TensorFlowBert.read(other, Top.MASKED))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("no checkpoint of BERT")
        .hasMessageContaining("lstm/kernel");

    Map<String, Values> variables = variables(small("ForMaskedLM"), "");
    variables.remove("bert/embeddings/token_type_embeddings");
    Path cut = BundleFile.write(folder, "cut", variables);
    assertThatThrownBy(() -> TensorFlowBert.read(cut, Top.MASKED))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("encoder.segments.weight");
    assertThat(TensorFlowBert.find(folder.resolve("nothing"))).isEmpty();
  }
}
