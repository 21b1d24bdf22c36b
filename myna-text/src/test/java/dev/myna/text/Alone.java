package dev.myna.text;

import dev.myna.Progress;
import dev.myna.text.chat.Chat;
import dev.myna.text.chat.ChatTemplate;
import dev.myna.text.corpus.Corpus;
import dev.myna.text.train.TokenizerPreset;
import dev.myna.text.train.VocabularyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A program that learns, saves, loads and uses tokenizers; {@link AloneTest} runs it on a runtime
 * that has next to nothing. Prints the native libraries that the process holds, one a line.
 */
public final class Alone {
  private Alone() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    for (TokenizerPreset preset : TokenizerPreset.values()) {
      VocabularyOptions options = VocabularyOptions.ofSize(500).withSpecialTokens("<s>");
      Tokenizer learned;
      try (Stream<String> texts = Corpus.tinyShakespeare().texts().limit(1)) {
        learned = preset.spec(options).learn(texts::iterator, 2, Progress.NONE);
      }
      learned.save(folder);
      Tokenizer loaded = Tokenizer.load(folder);
      String said = loaded.decode(loaded.encode("speak speak").ids());
      if (!said.replace(" ", "").equals("speakspeak")) {
        throw new IllegalStateException(preset + " says '" + said + "'");
      }
    }
    ChatTemplate template =
        ChatTemplate.of(
            "{{ s }}{% for m in messages %}{{ m.content }}{% endfor %}", Map.of("s", "<s>"));
    if (!template.render(Chat.empty().with("user", "speak")).equals("<s>speak")) {
      throw new IllegalStateException("the template says something else");
    }
    Path maps = Path.of("/proc/self/maps");
    if (Files.exists(maps)) {
      Files.readAllLines(maps).stream()
          .map(line -> line.substring(line.lastIndexOf(' ') + 1))
          .filter(name -> name.contains(".so"))
          .distinct()
          .forEach(System.out::println);
    }
    System.out.println("done");
  }
}
