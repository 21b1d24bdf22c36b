package dev.myna.evaluate;

import dev.myna.nn.Loss;
import dev.myna.tensor.DType;
import dev.myna.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The losses that a library gives beside its outputs, where a reference holds labels. */
final class ParityLoss {
  private final JsonNode config;
  private final Map<String, ParityOutputs.Output> outputs;
  private final Function<String, @Nullable Tensor> inputs;
  private @Nullable Tensor balance;

  /**
   * @param outputs so far; losses are added to them
   * @param inputs of the reference, by name; null where there is none
   */
  ParityLoss(
      JsonNode config,
      Map<String, ParityOutputs.Output> outputs,
      Function<String, @Nullable Tensor> inputs) {
    this.config = config;
    this.outputs = outputs;
    this.inputs = inputs;
  }

  /** The loss that spreads tokens over experts, padding left out. */
  void balance(List<Tensor> routings, Tensor real) {
    Tensor places = real.reshape(-1).nonzero().reshape(-1);
    List<Tensor> counted = new ArrayList<>();
    routings.forEach(routing -> counted.add(routing.indexSelect(0, places)));
    balance = Loss.balance(counted, config.path("num_experts_per_tok").asInt(2));
    put("aux_loss", balance);
  }

  /** Of a decoder: what each position says of the next label. */
  void addShifted() {
    Tensor labels = inputs.apply("labels");
    if (labels == null) {
      return;
    }
    Tensor logits = output("logits"); // (B, T, V)
    long last = logits.size(1) - 1;
    Tensor loss = Loss.crossEntropy(logits.narrow(1, 0, last), labels.narrow(1, 1, last));
    boolean balanced = balance != null && config.path("output_router_logits").asBoolean(false);
    put(
        "loss",
        balanced && balance != null
            ? loss.add(balance.mul(config.path("router_aux_loss_coef").asDouble(0.001)))
            : loss);
  }

  /** Of everything else. */
  void add() {
    Tensor labels = inputs.apply("labels");
    Tensor start = inputs.apply("start_positions");
    Tensor end = inputs.apply("end_positions");
    Tensor next = inputs.apply("next_sentence_label");
    if (start != null && end != null) {
      put("loss", span("start_logits", start).add(span("end_logits", end)).div(2));
    } else if (labels != null && next != null) {
      put(
          "loss",
          Loss.crossEntropy(output("prediction_logits"), labels)
              .add(Loss.crossEntropy(output("seq_relationship_logits"), next)));
    } else if (labels != null && outputs.containsKey("logits")) {
      put("loss", labelled(output("logits"), labels));
    }
  }

  /** Ends beyond the text do not count. */
  private Tensor span(String name, Tensor places) {
    Tensor logits = output(name); // (B, T)
    Tensor cut = places.reshape(-1).clamp(0L, logits.size(1));
    Tensor ignored = cut.ge(logits.size(1));
    return Loss.crossEntropy(logits, cut.maskedFill(ignored, Loss.IGNORED));
  }

  private Tensor labelled(Tensor logits, Tensor labels) {
    if (logits.dim() == 3) {
      return Loss.crossEntropy(logits, labels);
    }
    String otherwise =
        logits.size(1) == 1
            ? "regression"
            : labels.dtype() == DType.INT64 || labels.dtype() == DType.INT32
                ? "single_label_classification"
                : "multi_label_classification";
    return switch (config.path("problem_type").asString(otherwise)) {
      case "regression" -> Loss.meanSquare(logits, labels);
      case "multi_label_classification" -> Loss.independent(logits, labels);
      default -> Loss.crossEntropy(logits, labels);
    };
  }

  private Tensor output(String name) {
    ParityOutputs.Output output = outputs.get(name);
    if (output == null) {
      throw new IllegalStateException("no " + name + " among " + outputs.keySet());
    }
    return output.value();
  }

  private void put(String name, Tensor loss) {
    outputs.put(name, ParityOutputs.Output.whole(loss));
  }
}
