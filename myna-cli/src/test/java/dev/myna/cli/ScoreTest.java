package dev.myna.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ScoreTest {
  private static final Offset<Double> CLOSE = within(1e-6);

  @TempDir Path folder;

  private String file(String name, String... lines) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, String.join("\n", lines) + (lines.length == 0 ? "" : "\n"));
    return file.toString();
  }

  private static JsonNode json(String... arguments) {
    Run run = Run.myna(arguments);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    return JsonMapper.shared().readTree(run.out());
  }

  private String hypotheses() throws IOException {
    return file(
        "h", "The dog bit the man.", "It wasn't surprising.", "The man had just bitten him.");
  }

  private String[] references() throws IOException {
    return new String[] {
      file("r1", "The dog bit the man.", "It was not unexpected.", "The man bit him first."),
      file("r2", "The dog had bit the man.", "No one was surprised.", "The man had bitten the dog.")
    };
  }

  @Test
  void bleuWithSeveralReferences() throws IOException {
    String h = hypotheses();
    String[] r = references();

    JsonNode figures =
        json("score", "bleu", "--hypotheses", h, "--references", r[0], r[1], "--json");

    assertThat(figures.get("score").doubleValue()).isCloseTo(48.530827, CLOSE);
    assertThat(figures.get("signature").stringValue())
        .isEqualTo("nrefs:2|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0");
    assertThat(figures.get("precisions").size()).isEqualTo(4);
    assertThat(figures.get("bp").doubleValue()).isCloseTo(0.9428731438, CLOSE);
    assertThat(figures.get("brevity_penalty")).isEqualTo(figures.get("bp"));
    assertThat(figures.get("sys_len").intValue()).isEqualTo(17);
    assertThat(figures.get("ref_len").intValue()).isEqualTo(18);
    JsonNode intl =
        json(
            "score",
            "bleu",
            "--references",
            r[0],
            "--references",
            r[1],
            "--hypotheses",
            h,
            "--tokenize",
            "intl",
            "--json");
    assertThat(intl.get("score").doubleValue()).isCloseTo(43.91623493, CLOSE);
  }

  @Test
  void theLineForReadersIsSacrebleus() throws IOException {
    Run run =
        Run.myna("score", "bleu", "--hypotheses", hypotheses(), "--references", references()[0]);

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .startsWith("BLEU|nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0 = ")
        .contains("BP = ");
  }

  @Test
  void intervalsTestsAndSentences() throws IOException {
    String h = hypotheses();
    JsonNode figures =
        json(
            "score",
            "bleu",
            "--hypotheses",
            h,
            "--references",
            references()[0],
            "--baseline",
            h,
            "--confidence",
            "0.95",
            "--sentence-level",
            "--samples",
            "50",
            "--json");

    assertThat(figures.get("p_value").doubleValue()).isEqualTo(1);
    assertThat(figures.get("baseline").doubleValue()).isEqualTo(figures.get("score").doubleValue());
    assertThat(figures.get("confidence_low").doubleValue())
        .isLessThanOrEqualTo(figures.get("confidence_high").doubleValue());
    assertThat(figures.get("sentence_scores").size()).isEqualTo(3);
    assertThat(figures.get("sentence_scores").get(0).doubleValue()).isCloseTo(100, CLOSE);
  }

  @Test
  void chrfAndTer() throws IOException {
    String h =
        file("h", " Die    Beziehung zwischen  Obama und Netanjahu ist nicht gerade  freundlich. ");
    String r =
        file("r", "Das Verhältnis zwischen Obama und Netanyahu ist nicht gerade freundschaftlich.");

    JsonNode chrf =
        json(
            "score",
            "chrf",
            "--hypotheses",
            h,
            "--references",
            r,
            "--beta",
            "3",
            "--eps-smoothing",
            "--json");
    assertThat(chrf.get("score").doubleValue()).isCloseTo(64.1302698, within(1e-4));
    assertThat(chrf.get("name").stringValue()).isEqualTo("chrF3");

    String moved = file("m", "d e f g h a b c");
    String straight = file("s", "a b c d e f g h");
    JsonNode ter = json("score", "ter", "--hypotheses", moved, "--references", straight, "--json");
    assertThat(ter.get("score").doubleValue()).isEqualTo(12.5);
    assertThat(ter.get("num_edits").intValue()).isEqualTo(1);
  }

  @Test
  void rougeOfLines() throws IOException {
    String p = file("p", "the cats were running", "first<n>second one");
    String t = file("t", "the cat was running", "second one<n>first");

    JsonNode figures =
        json("score", "rouge", "--predictions", p, "--targets", t, "--separator", "<n>", "--json");
    // shared words: the, running of four; then all three
    assertThat(figures.at("/rouge1/fmeasure").doubleValue()).isCloseTo((0.5 + 1) / 2, CLOSE);
    assertThat(figures.at("/rouge1/precision").doubleValue()).isCloseTo(0.75, CLOSE);
    assertThat(figures.at("/rougeL/recall").doubleValue()).isCloseTo((0.5 + 2 / 3.0) / 2, CLOSE);
    assertThat(figures.at("/rougeLsum/recall").doubleValue()).isCloseTo(0.75, CLOSE);
    assertThat(figures.at("/rouge2/recall").isNumber()).isTrue();

    JsonNode stemmed =
        json("score", "rouge", "--predictions", p, "--targets", t, "--stem", "--json");
    // words of three letters keep their endings, cats becomes cat
    assertThat(stemmed.at("/rouge1/recall").doubleValue()).isGreaterThan(0.75);

    JsonNode perl =
        json(
            "score",
            "rouge",
            "--predictions",
            p,
            "--targets",
            t,
            "--perl",
            "--confidence",
            "0.9",
            "--segments",
            "--json");
    assertThat(perl.at("/rougeSU4/recall").isNumber()).isTrue();
    assertThat(perl.at("/confidence/rouge1/recall").size()).isEqualTo(3);
    assertThat(perl.get("each").size()).isEqualTo(2);
  }

  @Test
  void classesProbabilitiesAndCurves() throws IOException {
    String p = file("p", "spam", "ham", "ham", "spam");
    String t = file("t", "spam", "ham", "spam", "ham");
    String q = file("q", "0.2 0.8", "0.9,0.1", "0.6\t0.4", "0.3 0.7");
    String s = file("s", "0.8", "0.1", "0.4", "0.7");

    JsonNode figures =
        json(
            "score",
            "classification",
            "--predictions",
            p,
            "--targets",
            t,
            "--probabilities",
            q,
            "--scores",
            s,
            "--json");
    assertThat(figures.get("accuracy").doubleValue()).isEqualTo(0.5);
    assertThat(figures.at("/micro/f1").doubleValue()).isEqualTo(0.5);
    assertThat(figures.at("/per_class/spam/support").intValue()).isEqualTo(2);
    assertThat(figures.get("log_loss").doubleValue())
        .isCloseTo(-(Math.log(0.8) + Math.log(0.9) + Math.log(0.4) + Math.log(0.3)) / 4, CLOSE);
    assertThat(figures.get("roc_auc").doubleValue()).isEqualTo(0.75);
    assertThat(figures.get("brier").doubleValue()).isCloseTo(0.225, CLOSE);
    String page = folder.resolve("curves.html").toString();
    JsonNode drawn =
        json(
            "score",
            "classification",
            "--predictions",
            p,
            "--targets",
            t,
            "--scores",
            s,
            "--curves",
            page,
            "--json");
    assertThat(drawn.get("brier").doubleValue()).isCloseTo(0.225, CLOSE);
    assertThat(Path.of(page)).content().contains("Precision against recall");

    JsonNode many =
        json(
            "score",
            "classification",
            "--multilabel",
            "--predictions",
            file("mp", "a,b", "", "c"),
            "--targets",
            file("mt", "a", "", "b, c"),
            "--json");
    assertThat(many.get("subset_accuracy").doubleValue()).isCloseTo(1 / 3.0, CLOSE);
  }

  @Test
  void tagsOfWords() throws IOException {
    String p = file("p.conll", "EU B-ORG", "met O", "", "Mary B-PER", "Smith B-PER");
    String t = file("t.conll", "EU\tB-ORG", "met\tO", "", "Mary\tB-PER", "Smith\tI-PER");
    JsonNode entities = json("score", "tags", "--predictions", p, "--targets", t, "--json");
    assertThat(entities.get("entity_precision").doubleValue()).isCloseTo(1 / 3.0, CLOSE);
    assertThat(entities.get("entity_recall").doubleValue()).isEqualTo(0.5);
    assertThat(entities.get("entity_f1").doubleValue()).isEqualTo(0.4);
    assertThat(entities.get("accuracy").doubleValue()).isEqualTo(0.75);
    assertThat(entities.at("/types/ORG/f1").doubleValue()).isEqualTo(1);

    String nothing = file("n.conll", "EU O", "met O", "", "Mary O", "Smith O");
    JsonNode none = json("score", "tags", "--predictions", nothing, "--targets", t, "--json");
    assertThat(none.get("entity_f1").doubleValue()).isZero();

    String nouns = file("x.conll", "EU N", "met V", "", "Mary N", "Smith V");
    String right = file("y.conll", "EU N", "met V", "", "Mary N", "Smith N");
    JsonNode tags = json("score", "tags", "--predictions", nouns, "--targets", right, "--json");
    assertThat(tags.get("macro_f1").doubleValue()).isCloseTo((0.8 + 2 / 3.0) / 2, CLOSE);

    String other = file("o.conll", "EU N", "saw V", "", "Mary N", "Smith N");
    Run refused = Run.myna("score", "tags", "--predictions", other, "--targets", right);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("sentence 1 is \"EU saw\"");
  }

  @Test
  void rankingsAnswersCorrelationsAndMeteor() throws IOException {
    String run = file("run", "q1 Q0 b 1 3.0 x", "q1 Q0 a 2 2.0 x", "q2 Q0 z 1 1 x");
    String qrels = file("qrels", "q1 0 a 1", "q1 0 b 0", "q2 0 y 1", "q3 0 a 1");
    JsonNode ranking = json("score", "ranking", "--run", run, "--qrels", qrels, "--json");
    assertThat(ranking.get("queries").intValue()).isEqualTo(2);
    assertThat(ranking.get("map").doubleValue()).isCloseTo(0.25, CLOSE);
    assertThat(ranking.get("recall_at_10").doubleValue()).isCloseTo(0.5, CLOSE);
    JsonNode complete =
        json("score", "ranking", "--run", run, "--qrels", qrels, "--complete", "--json");
    assertThat(complete.get("mrr").doubleValue()).isCloseTo(0.5 / 3, CLOSE);

    JsonNode answers =
        json(
            "score",
            "answers",
            "--predictions",
            file("ap", "The cat", "dog"),
            "--targets",
            file("at", "a cat\tcats", "big dog"),
            "--json");
    assertThat(answers.get("exact_match").doubleValue()).isEqualTo(50);
    assertThat(answers.get("f1").doubleValue()).isCloseTo(100 * (1 + 2 / 3.0) / 2, CLOSE);

    JsonNode correlation =
        json(
            "score",
            "correlation",
            "--predictions",
            file("x", "1", "2", "3"),
            "--targets",
            file("y", "1", "4", "9"),
            "--json");
    assertThat(correlation.get("spearman").doubleValue()).isCloseTo(1, CLOSE);
    assertThat(correlation.get("kendall").doubleValue()).isCloseTo(1, CLOSE);

    JsonNode meteor =
        json(
            "score",
            "meteor",
            "--hypotheses",
            file("mh", "the cat sat"),
            "--references",
            file("mr", "the cat sat"),
            "--json");
    assertThat(meteor.get("score").doubleValue()).isCloseTo(1 - 0.5 / 27, CLOSE);
  }

  @Test
  void perplexityAndBitsPerByte() throws IOException {
    String half = String.valueOf(-Math.log(2));
    String p = file("p", half + " " + half, "", half);
    JsonNode figures =
        json("score", "likelihood", "--log-probabilities", p, "--text", file("t", "ab"), "--json");
    assertThat(figures.get("perplexity").doubleValue()).isCloseTo(2, CLOSE);
    assertThat(figures.get("tokens").intValue()).isEqualTo(3);
    assertThat(figures.get("bits_per_byte").doubleValue()).isCloseTo(1, CLOSE); // with line feed
    refused("line 2", "score", "likelihood", "--log-probabilities", file("w", "-1", "0.5"));
    refused("none in", "score", "likelihood", "--log-probabilities", file("e"));
  }

  @Test
  void compressedFilesAndEmptyLinesCount() throws IOException {
    Path packed = folder.resolve("h.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write("a b c d\n\n".getBytes(StandardCharsets.UTF_8));
    }
    String r = file("r", "a b c d", "");
    JsonNode figures =
        json("score", "bleu", "--hypotheses", packed.toString(), "--references", r, "--json");
    assertThat(figures.get("score").doubleValue()).isCloseTo(100, CLOSE);
    assertThat(figures.get("segments").intValue()).isEqualTo(2);
  }

  private static void refused(String message, String... arguments) {
    Run run = Run.myna(arguments);
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).startsWith("myna: ").contains(message);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void classesThatOccurNowhereAreNamed() throws IOException {
    String[] command = {
      "score",
      "classification",
      "--predictions",
      file("predicted", "a", "c"),
      "--targets",
      file("truth", "a", "c"),
      "--probabilities"
    };
    String inside = file("inside", "0.5 0.25 0.25", "0.25 0.25 0.5");
    refused("2 numbers a line", with(command, inside));
    JsonNode figures = json(with(command, inside, "--labels", "a,b,c", "--json"));
    assertThat(figures.get("log_loss").doubleValue()).isCloseTo(Math.log(2), within(1e-9));
    assertThat(figures.get("confusion").size()).isEqualTo(3);
    refused(
        "\"c\" in line 2 of " + folder.resolve("truth"), with(command, inside, "--labels", "a,b"));
    String outside = file("outside", "0.5 0.25 0.25", "0.25 0.25 1.5");
    refused("1.5 in line 2 of " + outside, with(command, outside, "--labels", "a,b,c"));
    refused("--multilabel", with(command, inside, "--labels", "a,b,c", "--multilabel"));
  }

  private static String[] with(String[] command, String... more) {
    return Stream.of(command, more).flatMap(Stream::of).toArray(String[]::new);
  }

  @Test
  void badInputIsNamedInOneLine() throws IOException {
    String two = file("two", "a", "b");
    String one = file("one", "a");
    String none = file("none");
    refused("found 2 in", "score", "bleu", "--hypotheses", two, "--references", one);
    refused("and 1 in", "score", "rouge", "--predictions", two, "--targets", one);
    refused("and 1 in", "score", "classification", "--predictions", two, "--targets", one);
    refused(
        "and 1 in", "score", "ter", "--hypotheses", two, "--references", two, "--baseline", one);
    refused("empty", "score", "chrf", "--hypotheses", none, "--references", none);
    refused("no ", "score", "ter", "--hypotheses", folder + "/x", "--references", one);
    refused("folder", "score", "ter", "--hypotheses", folder.toString(), "--references", one);
    refused("13a", "score", "bleu", "--hypotheses", one, "--references", one, "--tokenize", "13");
    refused("rougeLsum", "score", "rouge", "--predictions", one, "--targets", one, "--types", "x");
    refused("line 1", "score", "correlation", "--predictions", two, "--targets", two);
    String javas = file("javas", "1", "1d");
    refused("line 2", "score", "correlation", "--predictions", javas, "--targets", javas);
    refused(
        "\"NaN\" in line 2 of " + folder.resolve("nan"),
        "score",
        "classification",
        "--predictions",
        two,
        "--targets",
        two,
        "--scores",
        file("nan", "1", "NaN"));
    refused(
        "line 2",
        "score",
        "ranking",
        "--qrels",
        file("q", "q1 0 a 1"),
        "--run",
        file("run", "q1 Q0 a 1 0.5 x", "q1 Q0 b"));
    Path latin = folder.resolve("latin");
    Files.write(latin, new byte[] {'a', '\n', 'b', (byte) 0xe4, 'c', '\n'});
    refused(
        "line 2 is not, from its byte 2",
        "score",
        "bleu",
        "--hypotheses",
        latin.toString(),
        "--references",
        two);
    Path torn = folder.resolve("torn.gz");
    Files.write(torn, new byte[] {0x1f, (byte) 0x8b, 8, 0});
    refused("gzip", "score", "bleu", "--hypotheses", torn.toString(), "--references", two);
    Path endless = folder.resolve("endless");
    Files.write(endless, new byte[(1 << 24) + 1]);
    refused("line 1", "score", "bleu", "--hypotheses", endless.toString(), "--references", two);
  }
}
