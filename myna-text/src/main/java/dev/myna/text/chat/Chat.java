package dev.myna.text.chat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A conversation to be written by a template. Values are those of JSON: null, Boolean, whole and
 * decimal numbers, String, List and Map.
 *
 * @param messages each with {@code role} and {@code content}, and what else the template knows
 * @param tools descriptions of functions in JSON schema; empty for none
 * @param documents what the answer should rest on; empty for none
 * @param generationPrompt ends with the beginning of the assistant's answer
 * @param variables more names that the template knows, such as {@code enable_thinking}
 */
public record Chat(
    List<Map<String, @Nullable Object>> messages,
    List<Map<String, @Nullable Object>> tools,
    List<Map<String, @Nullable Object>> documents,
    boolean generationPrompt,
    Map<String, @Nullable Object> variables) {

  /** Without messages yet, with a generation prompt. */
  public static Chat empty() {
    return new Chat(List.of(), List.of(), List.of(), true, Map.of());
  }

  /** These messages, with a generation prompt. */
  public static Chat of(List<Map<String, @Nullable Object>> messages) {
    return new Chat(List.copyOf(messages), List.of(), List.of(), true, Map.of());
  }

  /** One message more at the end. */
  public Chat with(String role, String content) {
    List<Map<String, @Nullable Object>> more = new ArrayList<>(messages);
    more.add(Map.of("role", role, "content", content));
    return new Chat(
        Collections.unmodifiableList(more), tools, documents, generationPrompt, variables);
  }

  public Chat withTools(List<Map<String, @Nullable Object>> tools) {
    return new Chat(messages, tools, documents, generationPrompt, variables);
  }

  public Chat withGenerationPrompt(boolean prompt) {
    return new Chat(messages, tools, documents, prompt, variables);
  }

  public Chat withVariables(Map<String, @Nullable Object> variables) {
    return new Chat(messages, tools, documents, generationPrompt, variables);
  }
}
