package dev.myna.text.chat;

import dev.myna.text.chat.Interpreter.Namespace;
import dev.myna.text.chat.Interpreter.Scope;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A chat template: writes a conversation as the text that a model was tuned on, equal to what
 * {@code apply_chat_template} of Hugging Face Transformers gives. Immutable and safe for any number
 * of threads.
 */
public final class ChatTemplate {
  private static final long MAXIMUM_RANGE = 100_000; // as Jinja's sandbox

  private final String source;
  private final List<Statement> statements;
  private final Map<String, String> variables;
  private final Clock clock;

  private ChatTemplate(
      String source, List<Statement> statements, Map<String, String> variables, Clock clock) {
    this.source = source;
    this.statements = statements;
    this.variables = variables;
    this.clock = clock;
  }

  /**
   * Reads a template.
   *
   * @param jinja the template
   * @param variables what it may use by name: {@code bos_token}, {@code eos_token}, …
   * @throws ChatTemplateException where it cannot be read
   */
  public static ChatTemplate of(String jinja, Map<String, String> variables) {
    return new ChatTemplate(
        jinja, Parser.read(jinja), Map.copyOf(variables), Clock.systemDefaultZone());
  }

  /**
   * Reads the template of a tokenizer's folder: {@code chat_template.jinja}, or {@code
   * chat_template} of {@code tokenizer_config.json}; of several, the one named {@code default}.
   *
   * @throws ChatTemplateException where the folder has none or it cannot be read
   */
  public static ChatTemplate load(Path folder) {
    return ChatTemplateFiles.load(folder);
  }

  /**
   * Reads the template of a tokenizer's folder, as {@link #load} does.
   *
   * @return empty where the folder has none
   * @throws ChatTemplateException where it cannot be read
   */
  public static Optional<ChatTemplate> find(Path folder) {
    return ChatTemplateFiles.find(folder);
  }

  /** The same with another clock, for templates that write today's date. */
  public ChatTemplate withClock(Clock clock) {
    return new ChatTemplate(source, statements, variables, clock);
  }

  /** The template as it was read. */
  public String source() {
    return source;
  }

  /** Special tokens by the names that the template knows. */
  public Map<String, String> variables() {
    return variables;
  }

  /**
   * Writes a conversation.
   *
   * @throws ChatTemplateException where the template refuses it or cannot deal with it
   */
  public String render(Chat chat) {
    Scope scope = new Scope(null);
    variables.forEach(scope::set);
    functions(scope);
    scope.set("messages", Values.deep(chat.messages()));
    scope.set("tools", chat.tools().isEmpty() ? null : Values.deep(chat.tools()));
    scope.set("documents", chat.documents().isEmpty() ? null : Values.deep(chat.documents()));
    scope.set("add_generation_prompt", chat.generationPrompt());
    chat.variables().forEach((name, value) -> scope.set(name, Values.deep(value)));
    try {
      return new Interpreter().run(statements, scope);
    } catch (ArithmeticException | IndexOutOfBoundsException | ClassCastException e) {
      throw new ChatTemplateException("the chat template failed: " + e.getMessage(), e);
    }
  }

  private void functions(Scope scope) {
    Callable raise =
        given -> {
          throw new ChatTemplateException(
              "the chat template refuses the conversation: " + Values.text(given.at(0)));
        };
    Callable now =
        given ->
            Strftime.format(LocalDateTime.now(clock), Values.string(given.at(0), "strftime_now"));
    Callable range = given -> range(given.values());
    Callable namespace = given -> new Namespace(dictionary(given));
    Callable dict = given -> dictionary(given);
    scope.set("raise_exception", raise);
    scope.set("strftime_now", now);
    scope.set("range", range);
    scope.set("namespace", namespace);
    scope.set("dict", dict);
  }

  private static Map<Object, @Nullable Object> dictionary(Given given) {
    Map<Object, @Nullable Object> made = new LinkedHashMap<>();
    if (given.at(0) instanceof Map<?, ?> first) {
      made.putAll(first);
    }
    made.putAll(given.named());
    return made;
  }

  private static List<@Nullable Object> range(List<@Nullable Object> arguments) {
    boolean single = arguments.size() == 1;
    long from = single ? 0 : Values.whole(Methods.argument(arguments, 0));
    long to = Values.whole(Methods.argument(arguments, single ? 0 : 1));
    long step = arguments.size() > 2 ? Values.whole(arguments.get(2)) : 1;
    if (step == 0 || Math.abs(to - from) / Math.max(1, Math.abs(step)) > MAXIMUM_RANGE) {
      throw new ChatTemplateException(
          "a range must have a step and at most " + MAXIMUM_RANGE + " numbers");
    }
    List<@Nullable Object> numbers = new ArrayList<>();
    for (long i = from; step > 0 ? i < to : i > to; i += step) {
      numbers.add(i);
    }
    return numbers;
  }
}
