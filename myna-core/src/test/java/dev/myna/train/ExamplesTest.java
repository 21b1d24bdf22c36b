package dev.myna.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myna.text.answers.Question;
import dev.myna.text.answers.QuestionReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles the examples as a reader would, and runs them for a few steps. */
@Tag("slow")
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("../examples");
  private static final int LONGEST = 80;

  @TempDir Path folder;

  @Test
  void theyAreShort() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      assertThat(sources).hasSizeGreaterThanOrEqualTo(3);
      for (Path source : sources) {
        assertThat(Files.readAllLines(source)).as(source.toString()).hasSizeLessThan(LONGEST);
      }
    }
    assertThat(Files.readAllLines(EXAMPLES.resolve("MiniGpt.java"))).hasSizeLessThan(60);
  }

  @Test
  void aGptIsTrainedWritesAndIsLoadedAgain() throws Exception {
    String run = folder.resolve("mini").toString();
    assertThat(output("MiniGpt", run, "2")).contains("TrainingResult[steps=2").contains("ROMEO:");
    assertThat(output("LoadGpt2", run + "/last", "JULIET:")).startsWith("JULIET:");
  }

  @Test
  void aLoopOfOnesOwnRuns() throws Exception {
    assertThat(output("CustomLoop", folder.resolve("loop").toString(), "2"))
        .contains("step 1  loss");
  }

  @Test
  void questionsAreMadeOfWikitext() throws Exception {
    Path text = folder.resolve("text.txt.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(text))) {
      out.write(
          """

           = Heading of the Two Cats =

           In 1936 Ada Lovelace said " no \\ way " . Many agreed with Ada Lovelace of 𝒜 Street . Alan Turing left .
          """
              .getBytes(StandardCharsets.UTF_8));
    }
    Path questions = folder.resolve("questions.jsonl");
    assertThat(output("ClozeQuestions", text.toString(), questions.toString())).isEmpty();

    List<Question> made = QuestionReader.read(questions);
    assertThat(made).hasSize(2);
    assertThat(made.getFirst().text()).isEqualTo("In 1936 [MASK] said \" no \\ way \" .");
    assertThat(made.getFirst().right()).containsExactly("Ada Lovelace");
    assertThat(made.getFirst().passage())
        .isEqualTo("Many agreed with Ada Lovelace of 𝒜 Street . Alan Turing left .");
  }

  private String output(String example, String... args) throws Exception {
    var compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "a JDK's compiler");
    String classes = folder.resolve("classes").toString();
    int code =
        compiler.run(
            null,
            null,
            null,
            "-proc:none",
            "-nowarn",
            "-classpath",
            System.getProperty("java.class.path"),
            "-d",
            classes,
            EXAMPLES.resolve(example + ".java").toString());
    assertThat(code).isZero();
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    URL[] path = {Path.of(classes).toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path)) {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      loader.loadClass(example).getMethod("main", String[].class).invoke(null, (Object) args);
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
