package dev.myna.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The commands of {@code myna}, in the order in which its help names them. A command's class is
 * loaded only when it is called, so that every start is fast.
 */
final class Commands {
  /**
   * @param name the word that calls it
   * @param summary what it does: the line in the help of {@code myna} and the first of its own
   * @param make a fresh instance of the class annotated with picocli's {@code @Command}
   */
  record Entry(String name, String summary, Supplier<Object> make) {}

  static final List<Entry> ALL =
      List.of(
          new Entry(
              "demo",
              "Learn a tokenizer and a small GPT from Shakespeare, and let it write.",
              Demo::new),
          new Entry("train", "Follow a recipe from text to model.", TrainCommand::new),
          new Entry(
              "compare",
              "Train several recipes on the same data and put them side by side.",
              Compare::new),
          new Entry("generate", "Let a model go on from a prompt.", Generate::new),
          new Entry("fill", "Let a model say the hidden words of a text.", Fill::new),
          new Entry("translate", "Let a model make one text of another.", Translate::new),
          new Entry("tag", "Let a model say a tag of each word.", Tag::new),
          new Entry("similar", "Find the texts that are most like another.", Similar::new),
          new Entry("answer", "Answer questions by spans of a text.", Answer::new),
          new Entry("chat", "Talk with a model, line by line.", Chat::new),
          new Entry(
              "parity",
              "Check converted checkpoints against reference outputs.",
              ParityCommand::new),
          new Entry(
              "convert", "Make a Hugging Face folder of another system's model.", Convert::new),
          new Entry(
              "tokenizer", "Learn, run, look into and compare tokenizers.", TokenizerCommand::new),
          new Entry("classify", "Train, use and judge classifiers of texts.", Classify::new),
          new Entry(
              "ladder", "Climb from naive Bayes upwards on the same labelled texts.", Ladder::new),
          new Entry("tfidf", "Turn the lines of a text into rows of TF-IDF.", Tfidf::new),
          new Entry("vectors", "Learn, ask, measure and draw vectors of words.", Vectors::new),
          new Entry("score", "Measure translations, summaries, classes and rankings.", Score::new),
          new Entry("bench", "Measure how fast Myna works here.", Bench::new),
          new Entry("doctor", "Look at this machine: what works, and what to do.", Doctor::new));

  private Commands() {}

  static Optional<Entry> find(String name) {
    return ALL.stream().filter(entry -> entry.name().equals(name)).findFirst();
  }

  static List<String> names() {
    return ALL.stream().map(Entry::name).toList();
  }
}
