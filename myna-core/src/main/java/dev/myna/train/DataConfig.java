package dev.myna.train;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.List;
import java.util.Optional;

/** The texts that a model is trained and judged on. */
public record DataConfig(
    @Key(
            "Files, folders or globs to train on; .gz is unpacked, .jsonl read by its field."
                + " bundled:tiny-shakespeare is the text that comes with Myna.")
        List<String> train,
    @Key("Files, folders or globs to judge by; if left out, the end of the training text.")
        List<String> validation,
    @Key(
            value = "Share of the training text held out where validation names no files.",
            otherwise = "0.1",
            least = 0,
            most = 0.9)
        double validationFraction,
    @Key(value = "Field of a .jsonl line that holds the text.", otherwise = "text") String field,
    @Key("Special token put after every document; documents join without one if left out.")
        Optional<String> separator,
    @Key("Files to test the best model on at the end.") List<String> test,
    @Key(
            "Labels or translations of train, line for line, a file for each; if left out, its"
                + " lines hold both, with a tab between.")
        List<String> targets,
    @Key("The same for validation.") List<String> validationTargets,
    @Key("The same for test.") List<String> testTargets,
    @Key(value = "Character set of labelled texts and translations.", otherwise = "UTF-8")
        String charset) {

  public DataConfig {
    train = List.copyOf(train);
    validation = List.copyOf(validation);
    test = List.copyOf(test);
    targets = List.copyOf(targets);
    validationTargets = List.copyOf(validationTargets);
    testTargets = List.copyOf(testTargets);
    requireAsMany("targets", targets, train);
    requireAsMany("validation_targets", validationTargets, validation);
    requireAsMany("test_targets", testTargets, test);
    if (!isCharset(charset)) {
      throw new IllegalArgumentException("charset must be the name of one, found " + charset);
    }
    if (train.isEmpty()) {
      throw new IllegalArgumentException("train must name at least one file, folder or glob");
    }
  }

  private static boolean isCharset(String name) {
    try {
      return Charset.isSupported(name);
    } catch (IllegalCharsetNameException e) {
      return false;
    }
  }

  private static void requireAsMany(String name, List<String> targets, List<String> texts) {
    if (!targets.isEmpty() && targets.size() != texts.size()) {
      throw new IllegalArgumentException(
          "%s must name a file for each of the %d of texts, found %d"
              .formatted(name, texts.size(), targets.size()));
    }
  }
}
