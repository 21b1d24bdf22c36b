package dev.myna.text.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myna.MynaException;
import dev.myna.Progress;
import dev.myna.text.classify.ClassifierSpec.CalibrationMethod;
import dev.myna.text.features.Documents;
import dev.myna.text.features.FeatureException;
import dev.myna.text.features.FeatureSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextClassifierTest {
  private static final String[] ANIMALS = {"cat", "dog", "horse", "bird", "fish", "paw", "tail"};
  private static final String[] FOODS = {"bread", "cheese", "soup", "apple", "rice", "cook", "eat"};
  private static final String[] TOOLS = {"hammer", "saw", "drill", "nail", "screw", "bolt", "wood"};

  /** Sentences of words of their class, with a few common ones. */
  static List<Example> examples(int count, int classes) {
    SplittableRandom random = new SplittableRandom(1);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int type = i % classes;
      String[] words = List.of(ANIMALS, FOODS, TOOLS).get(type);
      StringBuilder text = new StringBuilder("the of a");
      for (int w = 0; w < 5; w++) {
        text.append(' ').append(words[random.nextInt(words.length)]);
      }
      examples.add(new Example(text.toString(), List.of("animal", "food", "tool").get(type)));
    }
    return examples;
  }

  private static List<ClassifierSpec> specs() {
    return List.of(
        ClassifierSpec.MULTINOMIAL,
        ClassifierSpec.BERNOULLI,
        ClassifierSpec.COMPLEMENT,
        ClassifierSpec.LOGISTIC,
        ClassifierSpec.SVM,
        ClassifierSpec.RBF,
        new ClassifierSpec.Centroid(),
        new ClassifierSpec.Neighbours(3, true, true),
        new ClassifierSpec.Calibration(ClassifierSpec.SVM, CalibrationMethod.PLATT, 3),
        new ClassifierSpec.Calibration(ClassifierSpec.SVM, CalibrationMethod.ISOTONIC, 3));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void everyKindLearnsAndSurvivesItsFile(int classes, @TempDir Path folder) {
    List<Example> examples = examples(60, classes);
    for (ClassifierSpec spec : specs()) {
      TextClassifier trained =
          TextClassifier.train(new TrainSpec(FeatureSpec.TFIDF, spec), examples);
      assertThat(trained.accuracy(examples)).as(spec.toString()).isEqualTo(1);
      Path file = folder.resolve("classifier.safetensors");
      trained.save(file);
      TextClassifier loaded = TextClassifier.load(file);
      assertThat(loaded.spec()).isEqualTo(trained.spec());
      for (String text : List.of("a cat and a horse", "cheese soup", "nothing known", "")) {
        assertThat(loaded.predict(text)).isEqualTo(trained.predict(text));
      }
    }
  }

  @Test
  void hashedFeaturesSurviveTheirFile(@TempDir Path folder) {
    FeatureSpec hashed = FeatureSpec.TFIDF.withHashed(1 << 10, true);
    List<Example> examples = examples(60, 3);
    TextClassifier trained =
        TextClassifier.train(new TrainSpec(hashed, ClassifierSpec.LOGISTIC), examples);
    trained.save(folder.resolve("hashed.safetensors"));
    assertThat(TextClassifier.load(folder.resolve("hashed.safetensors")).predict("horse tail"))
        .isEqualTo(trained.predict("horse tail"));
  }

  @Test
  void aFileCutAnywhereIsRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("whole.safetensors");
    TextClassifier.train(new TrainSpec(FeatureSpec.TFIDF, ClassifierSpec.SVM), examples(30, 2))
        .save(file);
    byte[] whole = Files.readAllBytes(file);
    Path cut = folder.resolve("cut.safetensors");
    for (int length = 0; length < whole.length; length += 37) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> TextClassifier.load(cut))
          .isInstanceOf(ClassifierException.class)
          .hasMessageContaining("cut.safetensors");
    }
    Files.write(cut, Arrays.copyOf(whole, whole.length + 1));
    assertThatThrownBy(() -> TextClassifier.load(cut)).isInstanceOf(ClassifierException.class);
    assertThatThrownBy(() -> TextClassifier.load(folder.resolve("none")))
        .isInstanceOf(ClassifierException.class);
  }

  @Test
  void damagedBytesNeverEscapeAsOtherErrors(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("whole.safetensors");
    TextClassifier.train(
            new TrainSpec(FeatureSpec.TFIDF, new ClassifierSpec.Neighbours(3, true, true)),
            examples(12, 2))
        .save(file);
    byte[] whole = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(3);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      try {
        var unused = TextClassifier.load(file);
      } catch (MynaException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void tellingTermsAreThoseOfTheClass() {
    for (ClassifierSpec spec :
        List.of(ClassifierSpec.MULTINOMIAL, ClassifierSpec.LOGISTIC, ClassifierSpec.SVM)) {
      TextClassifier trained =
          TextClassifier.train(new TrainSpec(FeatureSpec.TFIDF, spec), examples(90, 3));
      assertThat(trained.telling(5).get("food"))
          .extracting(TextClassifier.Telling::term)
          .isSubsetOf(FOODS)
          .hasSize(5);
    }
  }

  @Test
  void unknownLabelsAreNamed() {
    TextClassifier trained =
        TextClassifier.train(new TrainSpec(FeatureSpec.TFIDF, ClassifierSpec.SVM), examples(30, 2));
    assertThatThrownBy(
            () -> trained.accuracy(List.of(new Example("x", "food"), new Example("y", "car"))))
        .isInstanceOf(ClassifierException.class)
        .hasMessageContaining("example 2")
        .hasMessageContaining("car");
    assertThatThrownBy(() -> trained.accuracy(List.of())).isInstanceOf(ClassifierException.class);
  }

  @Test
  void validationJudgesChoosesAndWarns() {
    List<Example> examples = examples(120, 3);
    TrainSpec spec = new TrainSpec(FeatureSpec.TFIDF, ClassifierSpec.LOGISTIC);
    Validation.Scores scores = Validation.crossValidate(spec, examples, 5, Progress.NONE);
    assertThat(scores.folds()).hasSize(5);
    assertThat(scores.mean()).isGreaterThan(0.95);
    TrainSpec bad =
        new TrainSpec(FeatureSpec.TFIDF, new ClassifierSpec.Neighbours(79, false, false));
    assertThat(
            Validation.gridSearch(List.of(bad, spec), examples, 3, Progress.NONE).getFirst().spec())
        .isEqualTo(spec);
    assertThat(Validation.learningCurve(spec, examples, examples(30, 3), 4, 1, Progress.NONE))
        .extracting(Validation.CurvePoint::examples)
        .containsExactly(30, 60, 90, 120);
    assertThat(Validation.overfitting(0.99, 0.75, 1000)).isPresent();
    assertThat(Validation.overfitting(0.80, 0.79, 1000)).isEmpty();
    assertThat(Validation.overfitting(1.0, 0.8, 10)).isEmpty();
  }

  private static List<Example> read(Path folder, String name, String content) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out =
        name.endsWith(".gz")
            ? new GZIPOutputStream(Files.newOutputStream(file))
            : Files.newOutputStream(file)) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return ExampleReader.USUAL.read(file);
  }

  @Test
  void everyUsualKindOfFileIsRead(@TempDir Path folder) throws IOException {
    List<Example> expected =
        List.of(
            new Example("good film", "1"),
            new Example("bad one", "0"),
            new Example("so good", "1"));
    assertThat(read(folder, "a.tsv", "good film\t1\nbad one\t0\nso good\t1")).isEqualTo(expected);
    assertThat(
            read(folder, "b.tsv.gz", "\ufefflabel\ttext_a\n1\tgood film\n0\tbad one\n1\tso good\n"))
        .isEqualTo(expected);
    assertThat(read(folder, "c.txt", "1 good film\r\n0 bad one\r\n1 so good\r\n"))
        .isEqualTo(expected);
    assertThat(
            read(folder, "d.txt", "__label__1 good film\n__label__0 bad one\n__label__1 so good"))
        .isEqualTo(expected);
    assertThat(
            read(
                folder,
                "e.csv",
                "id,sentence,label\n0,good film,1\n1,\"bad one\",0\n2,so good,1\n"))
        .isEqualTo(expected);
    assertThat(
            read(
                folder,
                "f.jsonl",
                "{\"text\":\"good film\",\"label\":1}\n"
                    + "{\"text\":\"bad one\",\"label\":0}\n"
                    + "{\"text\":\"so good\",\"label\":\"1\"}\n"))
        .isEqualTo(expected);
    assertThat(read(folder, "g.csv", "text,label\n\"a \"\"b\"\",\nc\",x\n"))
        .containsExactly(new Example("a \"b\",\nc", "x"));
  }

  @Test
  void badLinesAreNamed(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> read(folder, "a.tsv", "x\t1\ny\t0\tz\nw\t1\n"))
        .isInstanceOf(ClassifierException.class)
        .hasMessageContaining("Line 2");
    assertThatThrownBy(() -> read(folder, "b.csv", "text,label\nx\n"))
        .hasMessageContaining("Line 2");
    assertThatThrownBy(() -> read(folder, "c.csv", "text,label\n\"x,1\n"))
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> read(folder, "d.csv", "first,second\nx,y\n"))
        .hasMessageContaining("first");
    assertThatThrownBy(() -> read(folder, "e.jsonl", "{\"text\":\"x\",\"label\":1}\n{\"text\":\n"))
        .hasMessageContaining("Line 2");
    assertThatThrownBy(() -> read(folder, "f.jsonl", "{\"text\":\"x\"}\n"))
        .hasMessageContaining("Line 1");
    assertThatThrownBy(() -> read(folder, "g.tsv", "")).hasMessageContaining("none");
    Path latin = folder.resolve("latin.tsv");
    Files.write(latin, "a\t1\n\u00e9\t0\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> ExampleReader.USUAL.read(latin))
        .isInstanceOf(FeatureException.class)
        .hasMessageContaining("Line 2");
    assertThat(new ExampleReader(null, null, StandardCharsets.ISO_8859_1).read(latin)).hasSize(2);
  }

  @Test
  void textsAndLabelsInTwoFilesBelongTogether(@TempDir Path folder) throws IOException {
    Path texts = Files.writeString(folder.resolve("texts"), "one\ntwo\n");
    Path labels = Files.writeString(folder.resolve("labels"), "a\nb\n");
    assertThat(ExampleReader.USUAL.read(texts, labels))
        .containsExactly(new Example("one", "a"), new Example("two", "b"));
    Files.writeString(labels, "a\n");
    assertThatThrownBy(() -> ExampleReader.USUAL.read(texts, labels))
        .hasMessageContaining("line 2");
    Files.writeString(labels, "a\nb\nc\n");
    assertThatThrownBy(() -> ExampleReader.USUAL.read(texts, labels))
        .hasMessageContaining("line 3");
  }

  @Test
  void aLineWithoutEndIsRefusedWithoutFillingMemory(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("long.txt");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write("short\n".getBytes(StandardCharsets.UTF_8));
      byte[] block = new byte[1 << 20];
      Arrays.fill(block, (byte) 'x');
      for (int i = 0; i <= Documents.LONGEST >> 20; i++) {
        out.write(block);
      }
    }
    assertThatThrownBy(() -> Documents.lines(file).forEach(line -> {}))
        .isInstanceOf(FeatureException.class)
        .hasMessageContaining("line 2");
  }
}
