package dev.myna.cli;

import dev.myna.MynaException;
import dev.myna.text.Tokenizer;
import dev.myna.text.chat.Chat;
import dev.myna.text.chat.ChatTemplate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was said so far, in the way that a model was trained to see it. */
abstract sealed class Talk {
  private final Tokenizer tokenizer;

  private Talk(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * A talk with a model: by the chat template of its folder, or as one text where it has none.
   *
   * @param system what a chat model is told first, or null for nothing
   * @throws MynaException where something is to be told to a model without a template
   */
  static Talk with(LoadedModel model, @Nullable String system) {
    Optional<ChatTemplate> template = ChatTemplate.find(model.folder());
    if (template.isPresent()) {
      return new Turns(model.tokenizer(), template.get(), system);
    }
    if (system != null) {
      throw new MynaException(
          "--system needs a chat template, and %s has none: leave --system out, or add chat_template.jinja"
              .formatted(model.folder()));
    }
    return new OneText(model.tokenizer());
  }

  /** What the model is given to answer this line. */
  abstract int[] ask(String line);

  /** The model has said this. */
  abstract void answered(String text);

  /** Begins anew. */
  abstract void forget();

  /** How the talk goes, in a sentence. */
  abstract String describe();

  /** A base model goes on from all that was written. */
  private static final class OneText extends Talk {
    private final StringBuilder said = new StringBuilder();

    OneText(Tokenizer tokenizer) {
      super(tokenizer);
    }

    @Override
    int[] ask(String line) {
      said.append(line).append('\n');
      return super.tokenizer.encode(said.toString()).ids();
    }

    @Override
    void answered(String text) {
      said.append(text).append('\n');
    }

    @Override
    void forget() {
      said.setLength(0);
    }

    @Override
    String describe() {
      return "Write a line and the model goes on from it.";
    }
  }

  /** A chat model answers turn by turn; its template writes the special tokens too. */
  private static final class Turns extends Talk {
    private final ChatTemplate template;
    private final Chat beginning;
    private Chat chat;

    Turns(Tokenizer tokenizer, ChatTemplate template, @Nullable String system) {
      super(tokenizer);
      this.template = template;
      beginning = system == null ? Chat.empty() : Chat.empty().with("system", system);
      chat = beginning;
    }

    @Override
    int[] ask(String line) {
      Chat asked = chat.with("user", line);
      int[] ids = super.tokenizer.encode(template.render(asked), false).ids();
      chat = asked;
      return ids;
    }

    @Override
    void answered(String text) {
      chat = chat.with("assistant", text);
    }

    @Override
    void forget() {
      chat = beginning;
    }

    @Override
    String describe() {
      return "Write a line and the model answers it.";
    }
  }
}
