package dev.myna.text.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledTextTest {
  private static final FastTextConfig CONFIG =
      FastTextConfig.supervised()
          .withDimension(8)
          .withTraining(new TrainingSettings(30, 0.5, 1, 1));

  @Test
  void labelsMayBeAnyStrings() throws IOException {
    var texts = new ArrayList<String>();
    var labels = new ArrayList<String>();
    for (int i = 0; i < 40; i++) {
      texts.add(i % 2 == 0 ? "waves and\nsalt __label__0" : "corn and hay");
      labels.add(i % 2 == 0 ? "the sea" : "das Feld\t!");
    }
    LabelledText model = LabelledText.train(texts, labels, CONFIG, Progress.NONE);
    assertThat(model.predict("salt")).isEqualTo("the sea");
    assertThat(model.predict("hay and corn")).isEqualTo("das Feld\t!");
    assertThat(model.predict("", 5)).hasSize(2);
  }

  @Test
  void onlyAModelOfPlainWordsChangesTheText(@TempDir Path folder) throws IOException {
    var texts = new ArrayList<String>();
    var labels = new ArrayList<String>();
    for (int i = 0; i < 40; i++) {
      texts.add(i % 2 == 0 ? "Waves, Salt!" : "corn and hay");
      labels.add(i % 2 == 0 ? "sea" : "field");
    }
    LabelledText asIs = LabelledText.train(texts, labels, CONFIG, Progress.NONE);
    LabelledText plain = LabelledText.trainOnPlainWords(texts, labels, CONFIG, Progress.NONE);
    Path file = folder.resolve("asis.bin");
    asIs.save(file);
    asIs = LabelledText.load(file);
    assertThat(asIs.predict("Waves, Salt!", 2)).isEqualTo(asIs.model().predict("Waves, Salt!", 2));
    assertThat(asIs.predict("Waves, Salt!", 2)).isNotEqualTo(asIs.predict("waves salt", 2));
    file = folder.resolve("plain.bin");
    plain.save(file);
    plain = LabelledText.load(file);
    assertThat(plain.predict("WAVES; salt", 2)).isEqualTo(plain.model().predict("waves salt", 2));
    assertThat(plain.predict("WAVES; salt")).isEqualTo("sea");
  }

  @Test
  void textsWithoutWordsAreRefused() {
    FastTextConfig config = CONFIG.withMinCount(9);
    assertThatThrownBy(() -> LabelledText.train(List.of("a"), List.of("x"), config, Progress.NONE))
        .isInstanceOf(VectorsException.class)
        .hasMessageContaining("the list of texts has none");
  }

  @Test
  void ofEquallyProbableLabelsTheLastIsTheAnswerAsOfTheProgram() {
    assertThat(
            LabelledText.answer(
                List.of(new Prediction("a", 1), new Prediction("b", 1), new Prediction("c", 0.5))))
        .isEqualTo("b");
  }

  @Test
  void unequalListsAreRefused() {
    assertThatThrownBy(
            () -> LabelledText.train(List.of("a"), List.of("x", "y"), CONFIG, Progress.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 texts and 2 labels");
  }
}
