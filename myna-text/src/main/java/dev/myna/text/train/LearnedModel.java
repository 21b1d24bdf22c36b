package dev.myna.text.train;

import dev.myna.text.json.TokenizerJson;
import dev.myna.text.model.Model;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Learned vocabularies as the {@code model} of a {@code tokenizer.json}. */
final class LearnedModel {
  private LearnedModel() {}

  /** Tokens with the ids of their order. */
  static ObjectNode ofTokens(String type, List<String> tokens) {
    ObjectNode model = JsonMapper.shared().createObjectNode().put("type", type);
    ObjectNode vocabulary = model.putObject("vocab");
    for (String token : tokens) {
      vocabulary.put(token, vocabulary.size());
    }
    return model;
  }

  static Model read(ObjectNode model) {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    root.set("model", model);
    return TokenizerJson.read(root).model();
  }
}
