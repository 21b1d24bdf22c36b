package dev.myna.text.chat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds the chat template of a tokenizer's folder and the special tokens that it may use. */
final class ChatTemplateFiles {
  private ChatTemplateFiles() {}

  static ChatTemplate load(Path folder) {
    return find(folder)
        .orElseThrow(
            () ->
                new ChatTemplateException(
                    folder
                        + " has no chat template: neither chat_template.jinja nor chat_template in"
                        + " tokenizer_config.json; the model is no chat model, or give it a"
                        + " template"));
  }

  static Optional<ChatTemplate> find(Path folder) {
    Path config = folder.resolve("tokenizer_config.json");
    Path own = folder.resolve("chat_template.jinja");
    JsonNode settings =
        Files.exists(config) ? json(config) : JsonMapper.shared().createObjectNode();
    String template =
        Files.exists(own) ? text(own) : template(settings.path("chat_template"), config);
    return template == null
        ? Optional.empty()
        : Optional.of(ChatTemplate.of(template, specialTokens(settings)));
  }

  private static @Nullable String template(JsonNode node, Path config) {
    if (node.isString()) {
      return node.asString();
    }
    if (node.isArray()) {
      for (JsonNode named : node) {
        if (named.path("name").asString("").equals("default")) {
          return named.path("template").asString("");
        }
      }
      throw new ChatTemplateException(
          config + " has several chat templates, but none is named \"default\"");
    }
    return null;
  }

  /** {@code bos_token} and its like: texts, or objects with {@code content}. */
  private static Map<String, String> specialTokens(JsonNode settings) {
    Map<String, String> tokens = new LinkedHashMap<>();
    settings.forEachEntry(
        (name, node) -> {
          JsonNode content = node.isObject() ? node.path("content") : node;
          if (name.endsWith("_token") && content.isString()) {
            tokens.put(name, content.asString());
          }
        });
    return tokens;
  }

  private static JsonNode json(Path file) {
    try {
      return JsonMapper.shared().readTree(file.toFile());
    } catch (JacksonException e) {
      throw new ChatTemplateException(file + " is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new ChatTemplateException("cannot read " + file + " as UTF-8: " + e, e);
    }
  }
}
