package dev.myna.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.myna.model.Pretrained;
import dev.myna.model.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands classify, ladder and tfidf. */
class ClassifyTest {
  private static final String[] GOOD = {"fine", "warm", "clever", "lovely", "moving"};
  private static final String[] BAD = {"dull", "cold", "clumsy", "ugly", "boring"};
  private static final String[] ANY = {"film", "story", "actor", "scene", "plot", "end"};

  @TempDir Path folder;
  private String train = "";
  private String test = "";

  @BeforeEach
  void write() throws IOException {
    train = reviews("train.tsv", 120, 1);
    test = reviews("test.tsv", 40, 2);
  }

  private String reviews(String name, int count, long seed) throws IOException {
    Random random = new Random(seed);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String[] words = i % 2 == 0 ? GOOD : BAD;
      lines
          .append(words[random.nextInt(words.length)] + " " + ANY[random.nextInt(ANY.length)])
          .append(" " + words[random.nextInt(words.length)] + " " + ANY[random.nextInt(ANY.length)])
          .append(i % 2 == 0 ? "\tgood\n" : "\tbad\n");
    }
    return file(name, lines.toString());
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private static JsonNode json(String... arguments) {
    Run run = Run.myna(arguments);
    assertThat(run.code()).as(run.err()).isZero();
    return JsonMapper.shared().readTree(run.out());
  }

  private static void refused(String message, String... arguments) {
    Run run = Run.myna(arguments);
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).startsWith("myna: ").contains(message);
    assertThat(run.err().lines()).hasSize(1);
  }

  /** Trains with these options into a file, and checks what the model then says of texts. */
  private JsonNode trainedUsedAndJudged(String model, String... options) {
    String[] command = {"classify", "train", train, "--dev", test, "--out", model, "--json"};
    String[] whole = Arrays.copyOf(command, command.length + options.length);
    System.arraycopy(options, 0, whole, command.length, options.length);

    JsonNode trained = json(whole);
    JsonNode predicted =
        json("classify", "predict", "--model", model, "a Fine story", "boring", "--json");
    JsonNode judged = json("classify", "eval", "--model", model, test, "--json");

    assertThat(trained.get("validation_accuracy").doubleValue()).isEqualTo(1);
    assertThat(predicted.at("/predictions/0/label").stringValue()).isEqualTo("good");
    assertThat(predicted.at("/predictions/1/scores/bad").doubleValue()).isBetween(0.5, 1.0);
    assertThat(judged.get("accuracy").doubleValue()).isEqualTo(1);
    assertThat(judged.get("macro_f1").doubleValue()).isEqualTo(1);
    assertThat(judged.at("/confusion/0/0").intValue()).isEqualTo(20);
    return trained;
  }

  @Test
  void aClassifierIsTrainedUsedAndJudged() {
    String model = folder.resolve("model.safetensors").toString();
    String curve = folder.resolve("curve.html").toString();

    JsonNode trained =
        trainedUsedAndJudged(
            model,
            "--classifier=svm",
            "--calibrate=platt",
            "--grid=0.1,1",
            "--folds=3",
            "--curve",
            curve);

    assertThat(trained.get("cross_validation_accuracy").doubleValue()).isGreaterThan(0.8);
    assertThat(trained.get("grid").size()).isEqualTo(2);
    assertThat(trained.at("/telling/0/terms/0").stringValue()).isIn((Object[]) BAD);
    assertThat(Path.of(curve)).content().contains("Learning curve");
  }

  @Test
  void fastTextIsTrainedUsedAndJudged() {
    String model = folder.resolve("model.bin").toString();

    JsonNode trained = trainedUsedAndJudged(model, "--classifier=fasttext");

    assertThat(trained.get("training_accuracy").doubleValue()).isEqualTo(1);
  }

  @Test
  void hashedColumnsWithoutSignsAreForNaiveBayes() {
    String[] hashed = {"classify", "train", train, "--hashed=256", "--classifier=multinomial"};
    refused("without signs", hashed);
    refused("without signs", "classify", "train", train, "--hashed=256", "--sublinear");
    JsonNode trained = json(with(hashed, "--no-signs", "--sublinear", "--no-smooth-idf", "--json"));
    assertThat(trained.get("training_accuracy").doubleValue()).isGreaterThan(0.9);
  }

  @Test
  void labelsAreInTheOrderOfTheirCodePoints() throws IOException {
    String file = file("signs.tsv", "text\tlabel\nfine film\t\ud83d\ude00\ndull end\t\ufb01\n");
    String model = folder.resolve("signs").toString();
    assertThat(Run.myna("classify", "train", file, "--out", model).code()).isZero();
    JsonNode judged = json("classify", "eval", "--model", model, file, "--json");
    assertThat(judged.at("/labels/0").stringValue()).isEqualTo("\ufb01");
    assertThat(judged.at("/labels/1").stringValue()).isEqualTo("\ud83d\ude00");
  }

  @Test
  void aGridVariesWhatTheClassifierGoesBy() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 36; i++) {
      lines.append(i % 6 == 0 ? "dull word" : "fine word").append(i);
      lines.append(i % 6 == 0 ? "\tbad\n" : "\tgood\n");
    }
    String rare = file("rare.tsv", lines.toString());
    String[] neighbours = {"classify", "train", rare, "--classifier=neighbours", "--json"};
    JsonNode grid = json(with(neighbours, "--grid=1,3,24,3")).get("grid");
    assertThat(grid.size()).isEqualTo(3);
    JsonNode last = grid.get(2); // all neighbours vote, and most are good
    assertThat(last.get("value").doubleValue()).isEqualTo(24);
    assertThat(last.get("accuracy").doubleValue()).isCloseTo(30 / 36.0, within(1e-9));
    assertThat(grid.get(0).get("accuracy").doubleValue()).isEqualTo(1);
    refused("whole numbers", with(neighbours, "--grid=1,1.5"));
    refused("--grid is no option", "classify", "train", train, "--classifier=centroid", "--grid=1");
  }

  @Test
  void optionsThatWouldBeDroppedAreRefused() {
    String[] command = {"classify", "train", train};
    refused("2 parts or more", with(command, "--folds=1"));
    refused("2 parts or more", with(command, "--folds=-3"));
    refused("give --dev", with(command, "--curve=" + folder.resolve("curve.html")));
    refused("give --dev", with(command, "--dev-labels=" + test));
    for (String option :
        List.of("--balanced", "--stemmer=PORTER", "--c=2", "--ngrams=1", "--folds=3")) {
      refused(
          "no option of the classifier fasttext", with(command, "--classifier=fasttext", option));
    }
    refused("--c is no option", with(command, "--classifier=multinomial", "--c=2"));
    refused("--max-features", with(command, "--hashed=64", "--max-features=10"));
    refused("--min-df", with(command, "--hashed=64", "--min-df=2"));
    refused("--no-signs", with(command, "--no-signs"));
  }

  @Test
  void textsAndLabelsMayStandInTwoFiles() throws IOException {
    String texts = file("texts.txt", "a fine film\na dull film\nfine\ndull\n");
    String labels = file("labels.txt", "1\n0\n1\n0\n");

    JsonNode trained =
        json(
            "classify",
            "train",
            texts,
            "--labels",
            labels,
            "--classifier",
            "multinomial",
            "--json");

    assertThat(trained.get("classes").intValue()).isEqualTo(2);
    assertThat(trained.get("training_accuracy").doubleValue()).isEqualTo(1);
    refused("4", "classify", "train", texts, "--labels", file("short.txt", "1\n0\n1\n"));
  }

  @Test
  void theLadderIsClimbedAndDrawn() {
    String page = folder.resolve("ladder.html").toString();

    JsonNode figures = json("ladder", train, "--test", test, "--page", page, "--json");

    assertThat(figures.get("rungs").size()).isEqualTo(10);
    for (JsonNode rung : figures.get("rungs")) {
      assertThat(rung.get("accuracy").doubleValue()).as(rung.toString()).isGreaterThan(0.8);
      assertThat(rung.get("train_seconds").doubleValue()).isPositive();
      assertThat(rung.get("microseconds_per_prediction").doubleValue()).isPositive();
      assertThat(rung.get("megabytes").doubleValue()).isPositive();
    }
    assertThat(Path.of(page))
        .content()
        .contains("fastText", "linear SVM", "TextCNN", "Training time");
    assertThat(json("ladder", train, "--rungs", "svm", "--json").get("test_examples").intValue())
        .isEqualTo(12);
  }

  @Test
  void anEncoderIsTunedAsTheTopRung() {
    Path encoder = folder.resolve("encoder");
    JsonNode learned =
        json(
            "tokenizer",
            "train",
            train,
            "--kind",
            "wordpiece",
            "--vocabulary",
            "80",
            "--out",
            encoder.toString(),
            "--json");
    assertThat(learned.isObject()).isTrue();
    Pretrained.create(Shape.of("bert", 80, 32, 1, 2, 16), 1).save(encoder);

    JsonNode rungs =
        json("ladder", train, "--rungs", "svm", "--tune", encoder.toString(), "--json")
            .get("rungs");

    assertThat(rungs.size()).isEqualTo(2);
    assertThat(rungs.get(1).get("name").asString()).isEqualTo("encoder, tuned");
    assertThat(rungs.get(1).get("accuracy").doubleValue()).isBetween(0.0, 1.0);
  }

  @Test
  void rowsOfTfidfAreWritten() throws IOException {
    String text = file("text.txt", "one two\n\ntwo three three\n");
    String rows = folder.resolve("rows.svmlight").toString();
    String terms = folder.resolve("terms.txt").toString();

    JsonNode figures =
        json("tfidf", text, "--ngrams", "1", "--out", rows, "--terms", terms, "--json");

    assertThat(figures.get("documents").intValue()).isEqualTo(3);
    assertThat(Files.readAllLines(Path.of(terms))).containsExactly("one", "three", "two");
    String[] lines = Files.readString(Path.of(rows)).split("\n", -1);
    assertThat(lines[1]).isEqualTo("0");
    // idf of one: ln(4/2) + 1, of two: ln(4/3) + 1; rows of unit length
    double one = Math.log(2) + 1;
    double two = Math.log(4 / 3.0) + 1;
    String[] entries = lines[0].split(" ");
    assertThat(entries[1]).startsWith("1:");
    assertThat(Double.parseDouble(entries[1].substring(2)))
        .isCloseTo(one / Math.hypot(one, two), within(1e-6));
    assertThat(entries[2]).startsWith("3:");
  }

  @Test
  void rowsAreWeighedAndScaledAsWanted() throws IOException {
    String text = file("text.txt", "né two\n\nnee three three\n");
    String rows = folder.resolve("rows.svmlight").toString();
    String terms = folder.resolve("terms.txt").toString();
    String[] command = {"tfidf", text, "--ngrams", "1", "--accents", "unicode", "--out", rows};

    assertThat(Run.myna(with(command, "--terms", terms, "--norm", "l1", "--counts")).code())
        .isZero();
    assertThat(Files.readAllLines(Path.of(terms))).containsExactly("ne", "nee", "three", "two");
    assertThat(Files.readString(Path.of(rows)))
        .isEqualTo("0 1:0.5 4:0.5\n0\n0 2:0.333333333 3:0.666666667\n");

    assertThat(Run.myna(with(command, "--norm", "none", "--no-smooth-idf")).code()).isZero();
    double idf = Math.log(3) + 1;
    assertThat(Files.readString(Path.of(rows)).lines().toList().getLast())
        .isEqualTo(String.format(Locale.ROOT, "0 2:%.9f 3:%.9f", idf, 2 * idf));
  }

  private static String[] with(String[] command, String... more) {
    return Stream.of(command, more).flatMap(Stream::of).toArray(String[]::new);
  }

  @Test
  void badInputIsNamedInOneLine() throws IOException {
    String empty = file("empty.tsv", "");
    String oneClass = file("one.tsv", "warm film\tgood\nfine story\tgood\n");
    String unknown = file("unknown.tsv", "fine film\tgood\nfine end\tsplendid\n");
    String model = folder.resolve("model.safetensors").toString();
    assertThat(Run.myna("classify", "train", train, "--out", model).code()).isZero();
    byte[] whole = Files.readAllBytes(Path.of(model));
    Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, 500));
    Path latin = Files.write(folder.resolve("latin.tsv"), new byte[] {'a', (byte) 0xe4, '\t', '1'});

    refused("has none", "classify", "train", empty);
    refused("at least two classes", "classify", "train", oneClass);
    String named = "line 2 of " + unknown + " has \"splendid\"";
    refused(named, "classify", "eval", "--model", model, unknown);
    refused(named, "classify", "train", train, "--dev", unknown);
    refused(named, "ladder", train, "--test", unknown);
    // Before the texts are read, not after the other rungs are climbed.
    refused("holds no vocabulary", "ladder", empty, "--tune", folder.toString());
    refused(
        "A classifier's file was wanted", "classify", "predict", "--model", cut.toString(), "fine");
    refused("Line 1 of", "classify", "train", latin.toString());
    refused("--ngrams", "tfidf", train, "--ngrams", "x", "--out", model + ".rows");
    refused("document", "tfidf", empty, "--out", model + ".rows");
    assertThat(Path.of(model + ".rows")).doesNotExist();
  }
}
