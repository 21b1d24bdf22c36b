package dev.myna.text.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChatTemplateTest {
  private static final JsonNode TEMPLATES = json("templates.json");
  private static final JsonNode JINJA = json("jinja.json");
  private static final Map<String, String> TOKENS =
      Map.of("bos_token", "<s>", "eos_token", "</s>", "unk_token", "<unk>", "pad_token", "<pad>");

  private static JsonNode json(String name) {
    try (InputStream in = ChatTemplateTest.class.getResourceAsStream(name)) {
      return JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Clock at(String instant) {
    return Clock.fixed(Instant.parse(instant), ZoneOffset.UTC);
  }

  static Stream<String> families() {
    return TEMPLATES.get("templates").propertyStream().map(Map.Entry::getKey);
  }

  @ParameterizedTest
  @MethodSource("families")
  void rendersRealTemplatesAsTransformersDoes(String family) {
    JsonNode entry = TEMPLATES.get("templates").get(family);
    ChatTemplate template =
        ChatTemplate.of(entry.get("template").asString(), TOKENS)
            .withClock(at("2024-07-26T09:05:03Z"));
    entry
        .get("out")
        .forEachEntry(
            (name, wanted) -> {
              Chat chat = chat(TEMPLATES.get("conversations").get(name));
              if (wanted.has("text")) {
                assertThat(template.render(chat)).as(name).isEqualTo(wanted.get("text").asString());
              } else {
                assertThatThrownBy(() -> template.render(chat))
                    .as(name)
                    .isInstanceOf(ChatTemplateException.class);
              }
            });
  }

  private static Chat chat(JsonNode conversation) {
    Map<String, @Nullable Object> variables =
        JsonMapper.shared().convertValue(conversation, new TypeReference<>() {});
    Object prompt = variables.remove("add_generation_prompt");
    variables.remove("messages");
    variables.remove("tools");
    return Chat.of(list(conversation.get("messages")))
        .withTools(list(conversation.get("tools")))
        .withGenerationPrompt(Boolean.TRUE.equals(prompt))
        .withVariables(variables);
  }

  private static List<Map<String, @Nullable Object>> list(@Nullable JsonNode list) {
    return list == null
        ? List.of()
        : JsonMapper.shared().convertValue(list, new TypeReference<>() {});
  }

  static Stream<String> pieces() {
    return JINJA.get("cases").valueStream().map(c -> c.get("template").asString());
  }

  @ParameterizedTest
  @MethodSource("pieces")
  void followsJinja(String source) {
    JsonNode wanted =
        JINJA
            .get("cases")
            .valueStream()
            .filter(c -> c.get("template").asString().equals(source))
            .findFirst()
            .orElseThrow();
    Chat chat = Chat.of(list(JINJA.get("messages"))).withGenerationPrompt(false);

    if (wanted.has("text")) {
      assertThat(render(source, chat)).isEqualTo(wanted.get("text").asString());
    } else {
      assertThatThrownBy(() -> render(source, chat)).isInstanceOf(ChatTemplateException.class);
    }
  }

  private static String render(String source, Chat chat) {
    return ChatTemplate.of(source, TOKENS).withClock(at("2024-07-06T09:05:03Z")).render(chat);
  }

  @Property(tries = 500)
  void anyTemplateIsRenderedOrRefused(
      @ForAll
          @AlphaChars
          @Chars({'{', '}', '%', '#', ' ', '\'', '"', '(', ')', '[', ']', '|', '.', '\n', '-'})
          String source) {
    String tagged = "{{ " + source + " }}{% " + source + " %}";
    for (String template : List.of(source, tagged)) {
      try {
        assertThat(render(template, Chat.empty())).isNotNull();
      } catch (ChatTemplateException e) {
        assertThat(e).hasMessageContaining("");
      }
    }
  }

  @Test
  void namesTheLineOfAMistake() {
    assertThatThrownBy(() -> ChatTemplate.of("a\nb\n{% if x %}", Map.of()))
        .isInstanceOf(ChatTemplateException.class)
        .hasMessageContaining("line 3");
    assertThatThrownBy(() -> ChatTemplate.of("a\n{{ 1 + }}", Map.of()))
        .hasMessage("line 2 of the chat template: wanted a value, found OUTPUT_END");
    assertThatThrownBy(() -> ChatTemplate.of("{% include 'x' %}", Map.of()))
        .hasMessageContaining("the tag 'include' is unknown");
  }

  @Test
  void refusesWhatNeverEnds() {
    assertThatThrownBy(
            () -> render("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", Chat.empty()))
        .isInstanceOf(ChatTemplateException.class)
        .hasMessageContaining("deeper");
    assertThatThrownBy(() -> ChatTemplate.of("{{ " + "(".repeat(100_000) + " }}", Map.of()))
        .isInstanceOf(ChatTemplateException.class);
    assertThatThrownBy(() -> ChatTemplate.of("{% if x %}".repeat(100_000), Map.of()))
        .isInstanceOf(ChatTemplateException.class);
  }

  @Test
  void findsTheTemplateOfAFolder(@TempDir Path folder) throws IOException {
    Path config = folder.resolve("tokenizer_config.json");
    assertThatThrownBy(() -> ChatTemplate.load(folder)).hasMessageContaining("no chat template");

    Files.writeString(
        config,
        """
        {"bos_token": {"content": "<b>"}, "eos_token": "</b>", "chat_template": [
          {"name": "tool_use", "template": "x"},
          {"name": "default", "template": "{{ bos_token }}{{ messages[0].content }}{{ eos_token }}"}]}
        """);
    assertThat(ChatTemplate.load(folder).render(Chat.empty().with("user", "hi")))
        .isEqualTo("<b>hi</b>");

    Files.writeString(folder.resolve("chat_template.jinja"), "{{ eos_token }}");
    assertThat(ChatTemplate.load(folder).render(Chat.empty())).isEqualTo("</b>");
  }
}
