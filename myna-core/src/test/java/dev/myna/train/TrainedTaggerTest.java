package dev.myna.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.myna.Progress;
import dev.myna.model.Pretrained;
import dev.myna.task.TaskException;
import dev.myna.tensor.Device;
import dev.myna.tensor.Libtorch;
import dev.myna.text.tagging.TaggedReader;
import dev.myna.text.tagging.TaggedSentence;
import dev.myna.train.RecipeRun.Outcome;
import dev.myna.train.RecipeRun.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a recipe has taught to tag is used, and what cannot be taught is refused. */
class TrainedTaggerTest {
  @TempDir Path folder;
  private SmallRecipes recipes;

  @BeforeEach
  void write() throws IOException {
    Libtorch.threads(1);
    recipes = new SmallRecipes(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bilstm-tags", "bert-tags", "gpt-tags"})
  void aTrainedTaggerSaysOfWordsWhatItSaidInItsTest(String kind) {
    Outcome outcome = recipes.run(kind, "used");
    List<TaggedSentence> test = TaggedReader.read(folder.resolve("tagged.conll"));

    try (TrainedTagger tagger = TrainedTagger.load(outcome.folder(), Device.CPU)) {
      List<List<TrainedTagger.Word>> said =
          tagger.tag(test.stream().map(TaggedSentence::words).toList(), Progress.NONE);

      assertThat(tagger.labels()).containsExactly("B-BIRD", "I-BIRD", "O");
      double right = 0;
      double words = 0;
      for (int i = 0; i < said.size(); i++) {
        for (int word = 0; word < said.get(i).size(); word++) {
          TrainedTagger.Word one = said.get(i).get(word);
          assertThat(one.word()).isEqualTo(test.get(i).words().get(word));
          assertThat(one.probability()).isBetween(0.333, 1.0);
          right += one.tag().equals(test.get(i).tags().get(word)) ? 1 : 0;
          words++;
        }
      }
      assertThat(outcome.figures().get(3).name()).isEqualTo("test_accuracy");
      assertThat(right / words).isEqualTo(outcome.figures().get(3).value(), within(1e-9));
      assertThat(tagger.tag("the  cat\tate ")).hasSize(3);
      assertThat(tagger.tag(" ")).isEmpty();
    }
    assertThatThrownBy(() -> TrainedClassifier.load(outcome.folder(), Device.CPU))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("which of several classes");
    assertThatThrownBy(() -> TrainedEmbedder.load(outcome.folder(), Device.CPU))
        .isInstanceOf(TaskException.class);
  }

  @Test
  void tagsAreNamedInTheConfigurationOfATransformer() {
    Path model = recipes.run("bert-tags", "used").model();

    assertThat(Pretrained.load(model).labels()).containsExactly("B-BIRD", "I-BIRD", "O");
    assertThat(model.resolve("config.json")).content().contains("BertForTokenClassification");
  }

  @Test
  void aFolderWithoutRecipeIsReadByItsTokenizer() throws IOException {
    Path model = recipes.run("bert-tags", "used").model();
    List<String> words = List.of("the", "old", "myna", "sang");
    List<TrainedTagger.Word> before;
    try (TrainedTagger tagger = TrainedTagger.load(model, Device.CPU)) {
      before = tagger.tag(List.of(words), Progress.NONE).getFirst();
    }
    Files.delete(model.resolve("training/recipe.yaml"));
    try (TrainedTagger tagger = TrainedTagger.load(model, Device.CPU)) {
      assertThat(tagger.tag(List.of(words), Progress.NONE).getFirst()).isEqualTo(before);
    }
  }

  @Test
  void aClassifierTagsNothing() {
    Outcome outcome = recipes.run("bilstm", "classes");
    assertThatThrownBy(() -> TrainedTagger.load(outcome.folder(), Device.CPU))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("holds another (RecurrentModel)")
        .hasMessageContaining("task.kind: tagging");
    Outcome encoder = recipes.run("bert-classes", "encoder");
    assertThatThrownBy(() -> TrainedTagger.load(encoder.folder(), Device.CPU))
        .isInstanceOf(TaskException.class)
        .hasMessageContaining("BertForSequenceClassification");
  }

  private List<String> notes(String yaml) {
    List<String> notes = new ArrayList<>();
    var unused =
        SmallRecipes.follow(
                "name: test\n%strain: {steps: 1, batch: 4, precision: float32, device: cpu, threads: 1}\nout: \"%s\"\n"
                    .formatted(yaml, folder.resolve("noted")),
                SmallRecipes.noting(notes),
                () -> false)
            .run(Start.OVERWRITE);
    return notes;
  }

  @Test
  void whatIsCutAndWhatIsNeverSaidIsNoted() throws IOException {
    Files.writeString(folder.resolve("judged.conll"), "a O\ncat B-CAT\n\nmynas B-BIRD\n");
    String yaml =
        recipes
            .sections("bilstm-tags")
            .replace("data: {", "data: {validation: [%s/judged.conll], ".formatted(folder));

    assertThat(notes(yaml))
        .containsExactly(
            "12 of 32 sentences are longer than model.context and read in several windows",
            "tags to be judged by that are never said, as no word to learn from bears them: B-CAT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          family: lstm     | family: textcnn                      | the task wants a Transformer with a head for tokens, or lstm, gru or rnn
          family: lstm     | family: lstm, pooling: max           | a tagger looks at each state
          family: lstm     | family: lstm, cutoffs: [3]           | a tagger looks at each state
          test:            | targets: [DIR/tagged.conll], test:   | tags stand beside their words
          family: lstm, width: 8, bidirectional: true | family: t5, width: 8 | t5 has no head ForTokenClassification
          """)
  void whatDoesNotFitIsRefused(String old, String other, String reason) {
    String yaml = recipes.sections("bilstm-tags");
    assertThat(yaml).contains(old);
    String wrong = yaml.replace(old, other.replace("DIR", folder.toString()));
    if (other.contains("textcnn")) {
      wrong = wrong.replace(", bidirectional: true, context: 5", "");
    }
    String given = wrong;

    assertThatThrownBy(() -> notes(given)).hasMessageContaining(reason);
    assertThat(folder.resolve("noted/last")).doesNotExist();
  }

  @Test
  void oneSentenceIsNotEnough() throws IOException {
    Files.writeString(folder.resolve("tagged.conll"), "a O\ncat B-CAT\n");
    assertThatThrownBy(() -> recipes.run("bilstm-tags", "one"))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("two sentences and more were wanted");
  }
}
